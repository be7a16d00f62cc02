"""YAML as programs print it: block maps and lists, plain, quoted and literal scalars, short lists and maps in a line.

Anchors, tags and other things that only people write make a `BadYamlError`. Each value is known by its line.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

MAX_LINES, MAX_DEPTH = 200_000, 60
Path = tuple[str | int, ...]
_KEY = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'#&*!|>%@`{\[\-][^#]*?|-[^\s#][^#]*?):(?:\s+(.*))?$")
_BLOCK = re.compile(r"[|>][+-]?\d?\s*$")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
#: A quoted scalar that ends in its line, and a line that ends one: no quote before the last is escaped or doubled.
_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_ENDED = {'"': re.compile(r'(?:^|[^\\])(?:\\\\)*"$'), "'": re.compile(r"(?:^|[^'])(?:'')*'$")}
#: In flow style a name ends with a colon and a blank, a value with what begins the next one or closes both.
_NAME_ENDS, _VALUE_ENDS = re.compile(r":(?=[\s{\[]|$)|[,}\]]"), re.compile(r"[,}\]]")
_WORDS: dict[str, Any] = {"": None, "null": None, "~": None, "true": True, "false": False}


class BadYamlError(Exception):
    """The lines are no YAML of this plain kind."""


@dataclass(slots=True)
class Document:
    """A decoded document, and the line (counted from 1) of each path in it."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)


def document_from(lines: list[str], first: int = 0) -> Document:
    """The document whose first line has the index `first` of the text, line by line as long as it fits."""
    reading = _Reading([line.rstrip("\r") for line in lines[:MAX_LINES]], first)
    reading.skip()
    return Document(reading.value(reading.indent, (), 0), reading.places)


class _Reading:
    """Where in the lines the reading stands. A line that begins a list's item is split there and read on."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines, self.first, self.at = lines, first, 0
        self.places: dict[Path, int] = {}

    @property
    def ended(self) -> bool:
        return self.at >= len(self.lines)

    @property
    def line(self) -> str:
        return self.lines[self.at]

    @property
    def indent(self) -> int:
        return -1 if self.ended else len(self.line) - len(self.line.lstrip(" "))

    def skip(self) -> None:
        while not self.ended and (not self.line.strip() or self.line.lstrip().startswith("#")):
            self.at += 1

    def value(self, indent: int, path: Path, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise BadYamlError("it is nested too deep")
        return self._list(indent, path, depth) if _is_item(self.line) else self._map(indent, path, depth)

    def _list(self, indent: int, path: Path, depth: int) -> list[Any]:
        found: list[Any] = []
        while not self.ended and self.indent == indent and _is_item(self.line):
            here = (*path, len(found))
            self.places[here] = self.first + self.at + 1
            rest = self.line.lstrip()[1:].lstrip(" ")
            if _KEY.match(rest) or _is_item(rest):
                inner = len(self.line) - len(rest)
                self.lines[self.at] = " " * inner + rest
                found.append(self.value(inner, here, depth + 1))
            else:
                self.at += 1
                found.append(self._told(rest, indent, here, depth))
            self.skip()
        return found

    def _map(self, indent: int, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self.ended and self.indent == indent and (told := _KEY.match(self.line.strip())):
            key = str(_scalar(told[1].strip()))
            here = (*path, key)
            self.places[here] = self.first + self.at + 1
            self.at += 1
            found[key] = self._told(told[2] or "", indent, here, depth)
            self.skip()
        if not found:
            raise BadYamlError("a line has no name before a colon")
        return found

    def _told(self, rest: str, indent: int, path: Path, depth: int) -> Any:
        """What stands behind a name or a dash, in its line or in those below."""
        if _BLOCK.match(rest):
            return self._literal(indent)
        if rest and not rest.startswith("#"):
            return self._scalar_on(rest, indent)
        self.skip()
        deeper = self.indent > indent
        return self.value(self.indent, path, depth + 1) if deeper or self._is_list_at(indent) else None

    def _is_list_at(self, indent: int) -> bool:
        """kubectl writes the items of a list no deeper than the name above them."""
        return not self.ended and self.indent == indent and _is_item(self.line)

    def _literal(self, indent: int) -> str:
        kept = []
        while not self.ended and (not self.line.strip() or self.indent > indent):
            kept.append(self.line.strip())
            self.at += 1
        return "\n".join(kept).strip("\n")

    def _scalar_on(self, rest: str, indent: int) -> Any:
        """A scalar that may go on in the lines below, which are deeper."""
        parts = [rest]
        quote = rest[0] if rest[0] in _CLOSED and not _CLOSED[rest[0]].fullmatch(rest) else ""
        while not self.ended and (self.indent > indent or (quote and not self.line.strip())):
            if not quote and not self.line.strip():
                break
            parts.append(self.line.strip())
            self.at += 1
            if quote and _ENDED[quote].search(parts[-1]):
                break
        return _scalar(" ".join(part for part in parts if part))


def _is_item(line: str) -> bool:
    told = line.lstrip(" ")
    return told.startswith("- ") or told == "-"


def _scalar(text: str) -> Any:
    if text[:1] == '"' == text[-1:] and len(text) > 1:
        return _decoded(text) if "\\" in text else text[1:-1]
    if text[:1] == "'" == text[-1:] and len(text) > 1:
        return text[1:-1].replace("''", "'")
    if text[:1] in {"{", "["}:
        return _in_a_line(text)
    if text[:1] in {"&", "*", "!"}:
        raise BadYamlError("it has anchors or tags")
    plain = text.partition(" #")[0].rstrip()
    return _WORDS[plain] if plain in _WORDS else int(plain) if _INTEGER.fullmatch(plain) else plain


def _decoded(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]


def _in_a_line(text: str) -> Any:
    """A list or mapping in flow style, as JSON or without quotes, one in another."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _flow(text, 0, 0)[0]


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """What begins with the bracket at that place, and where it ends; what is cut off ends with the text."""
    if depth > MAX_DEPTH:
        raise BadYamlError("it is nested too deep")
    closing = "}" if text[at] == "{" else "]"
    names: dict[str, Any] = {}
    items: list[Any] = []
    at = _behind(text, at + 1)
    while at < len(text) and text[at] != closing:
        if closing == "]":
            value, at = _piece(text, at, depth)
            items.append(value)
        else:
            name, value, at = _pair(text, at, depth)
            names[name] = value
        at = _behind(text, at)
    return (items if closing == "]" else names), at + 1


def _pair(text: str, at: int, depth: int) -> tuple[str, Any, int]:
    name, at = _piece(text, at, depth, is_name=True)
    if text[at : at + 1] == ":":
        value, at = _piece(text, at + 1, depth)
        return str(name), value, at
    told, _, value = str(name).partition(":")  # `{a:1}`, which people write although YAML wants a blank
    return told, _scalar(value) if value else None, at


def _piece(text: str, at: int, depth: int, *, is_name: bool = False) -> tuple[Any, int]:
    """A name, an item or a value, and where it ends."""
    at = _behind(text, at, " \t")
    mark = text[at : at + 1]
    if mark and mark in "{[":
        return _flow(text, at, depth + 1)
    if closed := _CLOSED[mark].match(text, at) if mark in _CLOSED else None:
        return _scalar(closed[0]), _behind(text, closed.end(), " \t")
    end = (_NAME_ENDS if is_name else _VALUE_ENDS).search(text, at)
    stop = end.start() if end else len(text)
    return _scalar(text[at:stop].strip()), stop


def _behind(text: str, at: int, passed: str = ", \t") -> int:
    while at < len(text) and text[at] in passed:
        at += 1
    return at
