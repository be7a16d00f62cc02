"""The little Markdown that the generated pages need."""

import re
from collections.abc import Iterable, Sequence

_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def code(value: object) -> str:
    return f"`{value}`"


def codes(values: Iterable[object]) -> str:
    return ", ".join(code(value) if f"{value}" else "empty" for value in values)


def words(name: str) -> str:
    """A name out of the code as words: `has_next_action` becomes “has next action”."""
    return name.strip("_").replace("_", " ")


def first_paragraph(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n", 1)[0].split())


def links(text: str) -> list[str]:
    """The relative addresses that a page links to, without their fragments."""
    return [link for link in _LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
