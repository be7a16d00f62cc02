"""Files come into a case from a shell as they do from a page."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sevline.cases.models import Case
from sevline.cli import build
from sevline.core.lifecycle import Refused
from sevline.evidence.models import Upload, Way
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db
LOG = b"2026-11-16T10:00:00Z ERROR timed out\n"


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def run(*words: str) -> tuple[str, BaseException | None]:
    done = CliRunner().invoke(build(), ["evidence", "add", *words])
    return done.output, done.exception


def test_files_and_folders_are_taken_and_named_with_their_hash(case: Case, tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "a.log").write_bytes(LOG)
    (tmp_path / "bundle" / "link.log").symlink_to("/etc/passwd")
    (tmp_path / "b.log").write_bytes(LOG * 2)

    said, problem = run(case.key, str(tmp_path / "bundle"), str(tmp_path / "b.log"), "--as", cast().sam.email)

    kept = list(Upload.objects.filter(case=case))
    assert problem is None
    assert [(upload.name, upload.way) for upload in kept] == [("a.log", Way.COMMAND), ("b.log", Way.COMMAND)]
    assert all(upload.sha256 in said for upload in kept)


def test_what_is_refused_is_said_and_the_rest_is_kept(case: Case, tmp_path: Path) -> None:
    (tmp_path / "empty.log").write_bytes(b"")
    (tmp_path / "b.log").write_bytes(LOG)

    said, problem = run(
        case.key,
        str(tmp_path / "empty.log"),
        str(tmp_path / "none.log"),
        str(tmp_path / "b.log"),
        "--as",
        cast().sam.email,
    )

    assert isinstance(problem, Refused)
    assert "2 of the files were not kept" in str(problem)
    assert "The file is empty" in said
    assert "none.log: No such file" in said
    assert Upload.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("who", ["nobody@sevline.example", "eve"])
def test_nobody_brings_files_into_a_case_that_they_do_not_see(case: Case, tmp_path: Path, who: str) -> None:
    (tmp_path / "b.log").write_bytes(LOG)
    address = cast().eve.email if who == "eve" else who

    _, problem = run(case.key, str(tmp_path / "b.log"), "--as", address)

    assert isinstance(problem, Refused)
    assert Upload.objects.count() == 0
