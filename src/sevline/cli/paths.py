"""Paths of the command line: a wrong one is told in the same words by every command."""

from pathlib import Path

from sevline.core.lifecycle import Refused

STANDARD_INPUT = "-"


def existing(path: str | Path) -> Path:
    """The path, or Refused where nothing is there."""
    found = Path(path)
    if not found.exists():
        raise Refused(none_there(path))
    return found


def none_there(path: object) -> str:
    return f"There is no file or folder “{path}”."
