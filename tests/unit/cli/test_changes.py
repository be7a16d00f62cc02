"""`sevline changes import` refuses what is no list before it asks for an installation's database."""

from pathlib import Path

from typer.testing import CliRunner

from sevline.cli import build
from sevline.core.lifecycle import Refused


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    answer = CliRunner().invoke(build(), ["changes", "import", str(tmp_path / "none.csv")])

    assert isinstance(answer.exception, Refused)
    assert "There is no file or folder" in str(answer.exception)
