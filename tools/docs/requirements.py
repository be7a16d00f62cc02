"""The numbered requirements, read from `docs/spec/`."""

import re
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"## (R-\d{3}) (.+)")
_PART = re.compile(r"- \*\*(Rule|Data|Accept)\.\*\* (.+)")


@dataclass(frozen=True, slots=True)
class Requirement:
    id: str
    title: str
    module: str
    rule: str
    data: str
    accept: str
    page: str


def requirements(folder: Path) -> tuple[Requirement, ...]:
    """Every requirement in the order of the modules. ValueError names the place that has not the agreed form."""
    return tuple(found for path in sorted(folder.glob("m[0-9][0-9]-*.md")) for found in _module(path))


def _module(path: Path) -> list[Requirement]:
    title, *blocks = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8"))
    if not title.startswith("# M"):
        raise ValueError(f"{path.name} does not begin with the title of its module.")
    return [_requirement(block, title.strip().removeprefix("# "), path.name) for block in blocks]


def _requirement(block: str, module: str, page: str) -> Requirement:
    lines = [line for line in block.splitlines() if line]
    heading = _HEADING.fullmatch(lines[0])
    parts = [_PART.fullmatch(line) for line in lines[1:]]
    if heading is None or [part and part[1] for part in parts] != ["Rule", "Data", "Accept"]:
        raise ValueError(f"{page}: “{lines[0]}” is not a heading with a number followed by Rule, Data and Accept.")
    rule, data, accept = (part[2] for part in parts if part)
    return Requirement(heading[1], heading[2], module, rule, data, accept, page)
