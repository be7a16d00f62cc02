"""`sevline demo load` and `remove`: the desk comes, works, and goes; what its people did stays in the trail."""

import pytest

from tests.flow.conftest import Install

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
HELD = """
from sevline.cases.models import Case
from sevline.catalog.models import Change
from sevline.people.models import Person
from sevline.vault.models import CaseKey, SealedFile, SealedText
print(Case.objects.count(), SealedFile.objects.count(), SealedText.objects.count(),
      CaseKey.objects.filter(destroyed_at=None).count(), Person.objects.filter(is_active=True).count(),
      Change.objects.count())
"""


def test_the_demo_desk_is_loaded_taken_away_and_loaded_again(install: Install) -> None:
    desk = install()

    desk.load_demo_desk()
    loaded = desk.python(HELD).split()
    health = desk.sevline("doctor")
    removed = desk.sevline("demo", "remove")

    assert (int(loaded[0]), int(loaded[5])) == (17, 12)
    assert health.returncode == 0, health.stdout
    assert removed.returncode == 0, removed.stderr
    assert removed.stdout.startswith("Removed 17 cases, ")
    assert desk.python(HELD) == "0 0 0 0 0 0"
    assert [path for path in (desk.folder / "data/vault").rglob("*") if path.is_file()] == []
    assert "The audit trail is intact" in desk.sevline("audit", "verify").stdout

    again = desk.sevline("demo", "load")

    assert again.returncode == 0, again.stderr
