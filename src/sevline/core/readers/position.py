"""Where a locator points in the text itself: line and column, both counted from 1, for a viewer that shows lines."""

import json
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import NamedTuple

from sevline.core.readers.xml import BadXmlError, find, parse

SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()


class Position(NamedTuple):
    line: int
    column: int


def position(form: str, data: bytes, locator: str) -> Position | None:
    """The place of a locator in `data`; None where there is none. `form` is "json", "xml" or "lines"."""
    if form == "json":
        return _in_json(data.decode("utf-8", "replace"), locator)
    if form == "xml":
        return _in_xml(data, locator)
    return line_of(locator)


def line_of(locator: str) -> Position | None:
    """The place that “line:column” names."""
    line, _, column = locator.partition(":")
    if not (line.isdecimal() and column.isdecimal() and len(line) < 12 and len(column) < 12):
        return None
    return Position(max(1, int(line)), max(1, int(column)))


def _in_json(text: str, pointer: str) -> Position | None:
    if pointer and not pointer.startswith("/"):
        return None
    at = _past_space(text, 0)
    try:
        for token in pointer.split("/")[1:]:
            found = _step(text, at, token.replace("~1", "/").replace("~0", "~"))
            if found is None:
                return None
            at = found
    except (ValueError, IndexError, RecursionError):
        return None
    return Position(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _step(text: str, at: int, token: str) -> int | None:
    """Where the member or element of that name begins, inside the value that begins at `at`."""
    if text[at] == "{":
        return _member(text, at, token)
    return _element(text, at, int(token)) if text[at] == "[" and token.isdecimal() and len(token) < 10 else None


def _member(text: str, at: int, name: str) -> int | None:
    """Of members with the same name the last one counts, as in every JSON parser of the product."""
    found, at = None, _past_space(text, at + 1)
    while text[at] != "}":
        key, at = scanstring(text, at + 1, False)
        at = _past_space(text, _past_space(text, at) + 1)
        if key == name:
            found = at
        at = _past_value(text, at)
    return found


def _element(text: str, at: int, index: int) -> int | None:
    at = _past_space(text, at + 1)
    while text[at] != "]":
        if index == 0:
            return at
        index, at = index - 1, _past_value(text, at)
    return None


def _past_value(text: str, at: int) -> int:
    """Behind a value and the comma that may follow it."""
    at = _past_space(text, _DECODER.raw_decode(text, at)[1])
    return _past_space(text, at + 1) if text[at] == "," else at


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in SPACE:
        at += 1
    return at


def _in_xml(data: bytes, path: str) -> Position | None:
    """The start tag of the element that a path names, also when the path names one of its attributes."""
    from lxml import etree

    try:
        root = parse(data)
    except BadXmlError:
        return None
    found = find(root, path) if path else None
    if found is None:
        return None
    wanted = next(place for place, element in enumerate(root.iter(etree.Element)) if element is found[0])
    return _nth_start_tag(data, wanted)


def _nth_start_tag(data: bytes, wanted: int) -> Position | None:
    # The tree keeps lines only up to a limit and no columns; expat tells both. `parse` has refused every DOCTYPE.
    from xml.parsers import expat

    seen: list[Position] = []
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: object) -> None:
        seen.append(Position(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return None
    return seen[wanted] if wanted < len(seen) else None
