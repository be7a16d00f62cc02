"""A container recipe in the manner of compose: it parses, its images are pinned, and it holds no secret."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sevline.core.lifecycle import Refused
from sevline.core.redaction.secret_names import is_ordinary, says_secret

MAX_RECIPE = 100_000
PINNED = re.compile(r"^[^\s@]+@sha256:[0-9a-f]{64}$")
LINE = re.compile(r"^( *)(- )?(?:([\w.\-/${}\"']{1,120}):(?: +(.*))?|(.*))$")


@dataclass(frozen=True, slots=True)
class Recipe:
    """`services` with their images; `warnings` are sentences."""

    text: str
    services: dict[str, str]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file: the keys above it, its own value, and its number from 1."""

    path: tuple[str, ...]
    value: str
    line: int


def checked(text: str) -> Recipe:
    """The recipe, with a warning for each image not pinned. Raises Refused for what is no recipe or holds a secret."""
    if len(text) > MAX_RECIPE:
        raise Refused(f"The recipe is larger than {MAX_RECIPE // 1000} kB.")
    entries = list(_entries(text))
    services = {entry.path[1] for entry in entries if len(entry.path) >= 2 and entry.path[0] == "services"}
    if not services:
        raise Refused("The recipe has no “services”, so it is no compose file.")
    images = {
        entry.path[1]: entry.value
        for entry in entries
        if len(entry.path) == 3 and entry.path[0] == "services" and entry.path[2] == "image"
    }
    if bare := sorted(services - set(images)):
        raise Refused(f"Name an image for: {', '.join(bare)}.")
    if held := [f"{name} (line {line})" for name, _, line in _secrets(entries)]:
        raise Refused(f"The recipe holds a secret in {', '.join(held)}. Name a variable instead, such as “${{NAME}}”.")
    warnings = tuple(
        f"The image of “{service}” is not pinned: “{image}”. Write it with its digest, “…@sha256:…”."
        for service, image in sorted(images.items())
        if not PINNED.match(image)
    )
    return Recipe(text, dict(sorted(images.items())), warnings)


def _entries(text: str) -> Iterator[Entry]:
    """The lines of a file in block style, as compose files are written. Raises Refused with the line that is not."""
    stack: list[tuple[int, str]] = []
    block = -1
    for number, raw in enumerate(text.splitlines(), 1):
        line = _uncommented(raw)
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.strip() in {"---", "..."} or 0 <= block < indent:
            continue
        block = -1
        item, key, value = _parts(line, indent, number)
        while stack and stack[-1][0] >= indent + item:
            stack.pop()
        above = tuple(name for _, name in stack)
        if not key:
            yield Entry((*above, "-"), value, number)
            continue
        stack.append((indent + 2 * item, key))
        block = indent if value in {"|", ">", "|-", ">-"} else -1
        yield Entry((*above, key), value, number)


def _parts(line: str, indent: int, number: int) -> tuple[bool, str, str]:
    """Whether the line is an item of a list, its key or "", and its value without quotation marks."""
    if line[indent:].startswith("\t"):
        raise Refused(f"Line {number} is indented with a tab; use blanks.")
    found = LINE.match(line)
    if found is None or not (found[2] or found[3]):
        raise Refused(f"Line {number} is neither “name: value” nor an item of a list.")
    key = (found[3] or "").strip("\"'")
    return bool(found[2]), key, _unquoted((found[4] if key else found[5] or "") or "")


def _uncommented(line: str) -> str:
    return re.sub(r"(?:^|\s)#.*$", "", line) if "#" in line and '"' not in line and "'" not in line else line


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value


def _secrets(entries: list[Entry]) -> Iterator[tuple[str, str, int]]:
    """Environment variables whose name says secret and whose value is one, and credentials inside URLs."""
    for entry in entries:
        if "environment" in entry.path or "args" in entry.path:
            name, value = (entry.path[-1], entry.value) if entry.path[-1] != "-" else entry.value.partition("=")[::2]
            if value and not value.startswith("${") and (_says(name) and not is_ordinary(name, value, loose=False)):
                yield name, value, entry.line
        found = re.search(r"://[^\s/:@]+:([^\s/@]+)@", entry.value)
        if found is not None and not found[1].startswith("${"):
            yield entry.path[-1], found[1], entry.line


def _says(name: str) -> bool:
    return (
        says_secret(name)
        or re.search(r"PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY", name, re.IGNORECASE) is not None
    )
