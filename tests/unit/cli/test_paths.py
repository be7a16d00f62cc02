"""Every command reads standard input by “-”, and tells a wrong path in the same words."""

import json
import sys

import pytest
from typer.testing import CliRunner

from sevline.cli import build, main
from sevline.core.lifecycle import Refused
from tests.evidence import SAMPLES

FAULTS = SAMPLES / "har" / "faults.har"
COMMANDS = [
    ["analyze", "gone.har"],
    ["analyze", "--as", "idp-metadata=gone.har"],
    ["redact", "gone.har"],
    ["logs", "gone.har"],
    ["follow", "abc", "gone.har"],
    ["changes", "import", "gone.har"],
    ["customers", "import", "gone.har"],
]


def test_analyze_reads_standard_input_as_it_reads_the_file() -> None:
    piped = CliRunner().invoke(build(), ["analyze", "-", "--format", "json"], input=FAULTS.read_bytes())
    named = CliRunner().invoke(build(), ["analyze", str(FAULTS), "--format", "json"])

    found = [(one["check_id"], one["state"]) for one in json.loads(piped.stdout)["findings"]]
    assert piped.exit_code == 0
    assert found == [(one["check_id"], one["state"]) for one in json.loads(named.stdout)["findings"]]


def test_analyze_reads_standard_input_beside_files_and_as_a_kind() -> None:
    saml = SAMPLES / "saml"
    metadata = next(saml.glob("*metadata*.xml"))
    rest = [str(path) for path in sorted(saml.iterdir()) if path != metadata]

    piped = CliRunner().invoke(build(), ["analyze", *rest, "--as", "idp-metadata=-"], input=metadata.read_bytes())

    assert piped.exit_code == 0
    assert "standard input" in piped.stdout


def test_standard_input_is_named_once() -> None:
    twice = CliRunner().invoke(build(), ["analyze", "-", "-"], input=b"{}")

    assert twice.exit_code == 2
    assert "name - once" in twice.stderr


@pytest.mark.parametrize("words", COMMANDS)
def test_a_wrong_path_is_told_in_the_same_words(words: list[str]) -> None:
    with pytest.raises(Refused, match=r"^There is no file or folder “gone\.har”\.$"):
        CliRunner().invoke(build(), words, catch_exceptions=False)


def test_a_wrong_path_inside_an_option_is_told_in_the_same_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sevline", "redact", str(FAULTS), "--key-file", "gone.key"])

    with pytest.raises(SystemExit):
        main()

    assert capsys.readouterr().err == "There is no file or folder “gone.key”.\n"
