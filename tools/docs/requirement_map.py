"""The requirement map: every requirement with the tests that show it and the place where it is met."""

import tomllib
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from tools.docs.markdown import code, table
from tools.docs.marks import MarkedTest, marked_tests
from tools.docs.requirements import Requirement, requirements

OPEN = "open"
INTRODUCTION = """# Requirement map

Each requirement of [the specification](spec/README.md) with the tests that show its acceptance check with its own
numbers, and the page or command where it is met. “{open}” means that no test shows it yet; a place beside it says that
a part is built."""


def page(root: Path) -> str:
    known = requirements(root / "docs" / "spec")
    return render(known, marked_tests(root / "tests"), places(root / "docs" / "spec" / "where.toml", known))


def places(path: Path, known: Sequence[Requirement]) -> dict[str, str]:
    """The page or command of each requirement that has one; ValueError for a number that no requirement has."""
    where: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["where"]
    if strange := sorted(set(where) - {requirement.id for requirement in known}):
        raise ValueError(f"{path.name} places {strange[0]}, which no requirement has.")
    return where


def render(known: Sequence[Requirement], tests: Sequence[MarkedTest], where: Mapping[str, str]) -> str:
    shown = {test.requirement for test in tests}
    met = sum(requirement.id in shown for requirement in known)
    parts = [INTRODUCTION.format(open=OPEN), f"{met} of {len(known)} requirements are shown by a test."]
    for module, members in groupby(known, key=lambda requirement: requirement.module):
        rows = [_row(requirement, tests, where) for requirement in members]
        parts += [f"## {module}", table(("Requirement", "Tests", "Page or command"), rows)]
    return "\n\n".join(parts)


def _row(requirement: Requirement, tests: Sequence[MarkedTest], where: Mapping[str, str]) -> tuple[str, str, str]:
    link = f"[{requirement.id}](spec/{requirement.page}) {requirement.title}"
    mine = [code(f"{test.file}::{test.name}") for test in tests if test.requirement == requirement.id]
    return link, "<br>".join(mine) or OPEN, where.get(requirement.id, "" if mine else OPEN)
