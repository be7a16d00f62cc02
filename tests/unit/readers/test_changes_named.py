"""What a change is called where the column that names most of them is empty."""

import pytest

from sevline.core.readers.changes_around import ChangeList
from sevline.core.readers.documents.change_list import changes_csv
from sevline.core.readers.reader import Source


def test_a_change_without_a_version_goes_by_its_next_name_and_its_service() -> None:
    text = """\
time,kind,service,version,change
2026-03-01T10:00:00Z,deploy,cart,4.8.0,
2026-03-01T10:20:00Z,flag,cart,,rates-v2 on
2026-03-01T10:30:00Z,config,cart,,cart: pool of 8
"""
    (changes,) = changes_csv(Source("a2", "changes.csv"), text.splitlines())

    assert isinstance(changes, ChangeList)
    assert [entry.name for entry in changes.entries] == ["cart 4.8.0", "cart rates-v2 on", "cart: pool of 8"]


@pytest.mark.parametrize(("name", "lists"), [("exports/deploys.csv", 1), ("release-notes.csv", 0), ("events.csv", 0)])
def test_a_table_of_times_services_and_versions_is_a_list_of_changes_where_its_file_is_called_so(
    name: str, lists: int
) -> None:
    text = "time,service,version\n2026-03-01T10:00:00Z,cart,4.8.0\n"

    assert len(list(changes_csv(Source("a2", name), text.splitlines()))) == lists
