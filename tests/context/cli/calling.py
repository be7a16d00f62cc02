"""A command as somebody types it, run in this process on the test's database."""

import sys
from dataclasses import dataclass
from typing import Any

import pytest

from sevline.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """The exit code of a command, and what it wrote to both streams."""

    code: int
    out: str
    err: str


class Command:
    """Calls `sevline …` the way the entry point does."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["sevline", *words])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written: Any = self._capsys.readouterr()
        return Said(int(ended.value.code or 0), written.out, written.err)
