"""A damaged SQLite file is said to be one, in a sentence."""

from pathlib import Path

import pytest

from tests.installation import Installation

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("words", [("audit", "verify"), ("doctor",), ("people", "setup")])
def test_a_damaged_database_is_named_without_a_traceback(tmp_path: Path, words: tuple[str, ...]) -> None:
    desk = Installation(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/sevline.sqlite3").write_bytes(b"this is no database\n" * 200)

    done = desk.sevline(*words)

    assert done.returncode == 1
    assert "file is not a database" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
