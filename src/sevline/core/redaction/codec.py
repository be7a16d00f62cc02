"""Bytes to text and back without the loss of a byte: broken UTF-8, lone surrogates, UTF-16 and UTF-32.

What would hide the beginning of a value or break the parser of a document is set aside too, and put back as it was.
"""

import codecs
import re
from dataclasses import dataclass, replace

from sevline.core.redaction.late import late
from sevline.core.redaction.literals import has_one

#: Marks of which so many may stand in a text as escapes.
SPARE = 8
_SURROGATES = range(0xD800, 0xE000)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes were turned into text, so that text can be turned back into them."""

    name: str = "utf-8"
    errors: str = "surrogateescape"

    @property
    def unit(self) -> int:
        """Bytes in one code unit."""
        return {"utf-16": 2, "utf-32": 4}.get(self.name[:6], 1)


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is valid Unicode; `stand_ins` maps the characters that stand for bytes which are not text, or for what
    was set aside."""

    text: str
    encoding: Encoding
    stand_ins: dict[int, int | str]
    tail: bytes = b""

    def encode(self, text: str) -> bytes:
        restored = text.translate(self.stand_ins) if self.stand_ins else text
        for mark, part in self.stand_ins.items():
            if isinstance(part, str):  # what writes JSON may have escaped the mark
                restored = restored.replace(_escaped(mark), part)
        return restored.encode(self.encoding.name, self.encoding.errors) + self.tail


def sniff(head: bytes) -> Encoding:
    """The encoding by its byte order mark, or by the zeros that UTF-16 puts beside ASCII; else UTF-8."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, "surrogatepass")
    sample = head[:4096]
    half = len(sample) // 2
    if half >= 8:
        even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
        if odd > 0.5 and even < 0.1:
            return Encoding("utf-16-le", "surrogatepass")
        if even > 0.5 and odd < 0.1:
            return Encoding("utf-16-be", "surrogatepass")
    return Encoding()


#: A code of a terminal for colours, itself and as programs write it. Its last letter stands right before a word.
_COLOURS = ("\x1b[", "b[", "B[", "\\033[", "\\e[", "^[[")
_SURROGATE_PAIRS = ("\\ud", "\\uD")
_ESC = r"(?:\x1b|\\x1[bB]|\\u001[bB]|\\033|\\e|\^\[)"
_CODE = rf"{_ESC}\[[0-9;:]{{0,24}}"
#: What stands before credentials also where no header names them, and the headers that do.
_SCHEME = "Bearer|Basic|GenieKey"
_HEADER = r"(?:[\w-]+-)?Authorization"
_COLOUR = late(rf"({_CODE})([mK])")
#: Escapes of JSON: a pair of surrogates is one character, and one alone is none, which parsers take in many ways.
_ESCAPE = late(
    r"(\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?!u[dD][89a-fA-F][0-9a-fA-F]{2}).))"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}",
    re.DOTALL,
)


def decode(data: bytes, encoding: Encoding) -> Decoded:
    """Never raises: what is not text in the encoding becomes stand-ins from a range that the text does not use."""
    decoded = _decoded(data, encoding)
    text = decoded.text
    is_coloured = "[" in text and has_one(text, _COLOURS)
    has_surrogates = "\\" in text and has_one(text, _SURROGATE_PAIRS)
    if not is_coloured and not has_surrogates:
        return decoded
    aside: dict[int, int | str] = {}
    if is_coloured:
        text = _set_aside(text, _COLOUR, {"m", "K"}, aside)
        text = _before_names(text, "".join(map(chr, aside)))
    if has_surrogates:
        alone = {found[0] for found in _ESCAPE.finditer(text) if found[1] is None}
        text = _set_aside(text, _ESCAPE, alone, aside)
    return replace(decoded, text=text, stand_ins=decoded.stand_ins | aside) if aside else decoded


def _set_aside(text: str, form: re.Pattern[str], found: set[str], aside: dict[int, int | str]) -> str:
    """The text with a mark for each of the texts found, which stand behind the first group of a match."""
    marks = [mark for mark in free_marks(text, len(found) + SPARE) if _escaped(ord(mark)) not in text]
    if len(marks) < len(found):
        return text
    by_text = dict(zip(sorted(found), marks, strict=False))
    aside.update({ord(mark): part for part, mark in by_text.items()})

    def put(match: re.Match[str]) -> str:
        before = match[1] or ""
        return before + by_text.get(match[0][len(before) :], "")

    return form.sub(put, text)


def _before_names(text: str, ends: str) -> str:
    """The text with the colours between a name of a secret or a person and its value, or a scheme and its credentials,
    moved before the name: programs print names in a colour of their own. `ends`: the marks that codes end with."""
    if not ends:
        return text
    from sevline.core.redaction.names import NAMES_A_PERSON  # their patterns take long to make
    from sevline.core.redaction.secret_names import says_secret

    person = late(NAMES_A_PERSON, re.IGNORECASE)
    code = rf"(?:{_CODE}[{ends}]|{_ESC}\(B)"  # `tput sgr0` writes letters of ASCII before the end of colours
    named = late(
        rf"(?<![\w.-])(?P<name>[\"']?(?P<bare>[A-Za-z][\w.-]{{1,60}})[\"']?)"
        rf"(?P<between>(?:{code}|[ \t]){{0,12}}[=:](?:{code}|[ \t]){{0,12}})"
    )
    schemed = late(
        rf"(?<![\w.-])(?P<name>(?P<bare>(?i:{_SCHEME})))(?P<between>(?:{code}){{0,4}}[ \t](?:{code}|[ \t]){{0,12}})"
        r"(?=[\w.~+/%-]{8})"
    )
    codes, authorizes = late(code), late(f"{_SCHEME}|{_HEADER}", re.IGNORECASE)

    def moved(found: re.Match[str]) -> str:
        told, bare = codes.findall(found["between"]), found["bare"]
        if not told or not (authorizes.fullmatch(bare) or says_secret(bare) or person.fullmatch(bare)):
            return found[0]
        return "".join(told) + found["name"] + codes.sub("", found["between"])

    return named.sub(moved, schemed.sub(moved, text))


def _escaped(mark: int) -> str:
    return f"\\u{mark:04x}"


def _decoded(data: bytes, encoding: Encoding) -> Decoded:
    body, tail = _whole_units(data, encoding)
    try:
        text = body.decode(encoding.name, encoding.errors)
    except UnicodeDecodeError:
        encoding, body, tail = Encoding(), data, b""
        text = body.decode(encoding.name, encoding.errors)
    if text.isascii():
        return Decoded(text, encoding, {}, tail)
    used = set(text)
    lone = sorted(ord(character) for character in used if ord(character) in _SURROGATES)
    if not lone:
        return Decoded(text, encoding, {}, tail)
    free = _free_characters(used, len(lone))
    return Decoded(
        text.translate(dict(zip(lone, free, strict=True))), encoding, dict(zip(free, lone, strict=True)), tail
    )


def free_marks(text: str, count: int) -> tuple[str, ...]:
    """Characters that do not occur in the text, noncharacters first."""
    found: list[str] = []
    for code in (*range(0xFDD0, 0xFDF0), *range(0xE000, 0xF8FF), *range(0x3400, 0x4DB0)):
        if chr(code) not in text:
            found.append(chr(code))
            if len(found) == count:
                break
    return tuple(found)


def _whole_units(data: bytes, encoding: Encoding) -> tuple[bytes, bytes]:
    rest = len(data) % encoding.unit
    return (data[:-rest], data[-rest:]) if rest else (data, b"")


def _free_characters(used: set[str], count: int) -> list[int]:
    free: list[int] = []
    for code in range(0x10FFFD, 0xF0000, -1):
        if chr(code) not in used:
            free.append(code)
            if len(free) == count:
                break
    return free
