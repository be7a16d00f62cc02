"""`sevline --help` answers before anything heavy is loaded."""

import subprocess
import sys

import pytest

ASKED = """
import sys
sys.argv = ["sevline", *sys.argv[1:]]
from sevline.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""
HEAVY = {
    "django",
    "pydantic",
    "pydantic_settings",
    "polars",
    "numba",
    "numpy",
    "scipy",
    "lxml",
    "granian",
    "cryptography",
}


def loaded_after(*words: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", ASKED, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("loaded: ")[2].split())


def test_help_loads_neither_the_framework_nor_a_heavy_library() -> None:
    loaded = loaded_after("--help")

    assert "typer" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("words", [["analyze"], ["serve"], ["audit", "verify"]])
def test_help_of_one_command_loads_no_more_than_typer_itself_takes_to_read_its_parameters(words: list[str]) -> None:
    assert loaded_after(*words, "--help") & HEAVY <= {"pydantic"}


def test_help_names_every_command() -> None:
    done = subprocess.run([sys.executable, "-m", "sevline", "--help"], capture_output=True, text=True, check=True)

    for command in ("analyze", "redact", "logs", "serve", "worker", "demo", "backup", "restore", "audit", "doctor"):
        assert f"  {command} " in done.stdout
