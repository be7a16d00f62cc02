"""Encodings in which a value may stand: each is looked through, and what is found there is masked where it stands.

Percent signs, escapes of JSON and entities of HTML are decoded with the place of every character, so that only the
masked piece changes. Base64, hexadecimal and UTF-16 are decoded, masked and written again in their own form.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM

Spans = list[tuple[int, int, str, str]]
_PSEUDONYM = re.compile(f"({EVERY_PSEUDONYM})")


@dataclass(frozen=True, slots=True)
class View:
    """`pattern` (Rust) finds runs in rows where one of `marks` stands, or anywhere where there are none.

    `read` gives the decoded run, or None where it is not of this encoding; `write` gives the run with the spans of the
    decoded text replaced.
    """

    name: str
    pattern: str
    read: Callable[[str], str | None]
    write: Callable[[str, Spans], str]
    marks: tuple[str, ...] = ()
    gate: str = ""


def _replaced(text: str, spans: Spans) -> str:
    pieces, end = [], 0
    for start, stop, shown, _ in spans:
        pieces += (text[end:start], shown)
        end = stop
    return "".join((*pieces, text[end:]))


# -- encodings in which each character has its own place ---------------------------------------------------------------


Pieces = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Units:
    """`unit` matches an encoded piece; `pieces` gives its characters with the width at which each is written.

    `again` encodes kept text that stands between two pseudonyms.
    """

    unit: re.Pattern[str]
    pieces: Callable[[str], Pieces]
    again: Callable[[str], str]

    def read(self, run: str) -> str | None:
        return self.unit.sub(lambda found: "".join(one for one, _ in self.pieces(found.group())), run)

    def write(self, run: str, spans: Spans) -> str:
        places = self._places(run)
        encoded: Spans = []
        for start, stop, shown, kind in spans:
            parts = _PSEUDONYM.split(shown)
            written = "".join(part if number % 2 else self.again(part) for number, part in enumerate(parts))
            encoded.append((places[start], places[stop], written, kind))
        return _replaced(run, encoded)

    def _places(self, run: str) -> list[int]:
        """For each character of the decoded text, and for its end, where it begins in the run."""
        places: list[int] = []
        end = 0
        for found in self.unit.finditer(run):
            places += range(end, found.start())
            place = found.start()
            for _, width in self.pieces(found.group()):
                places.append(place)
                place += width
            end = found.end()
        places += range(end, len(run) + 1)
        return places


def _percent(unit: str) -> Pieces:
    """Three characters for each byte; a byte that is no UTF-8 counts as a character that no detector knows."""
    text = unquote_to_bytes(unit).decode("utf-8", "surrogateescape")
    return [
        ("\ufffd" if "\ud800" <= one <= "\udfff" else one, 3 * len(one.encode("utf-8", "surrogateescape")))
        for one in text
    ]


def _escape(unit: str) -> Pieces:
    if unit[1] not in "ux":
        return [(unit[1], len(unit))]
    code = int("0x" + unit[2:], 0)
    return [("\ufffd" if 0xD800 <= code < 0xE000 else chr(code), len(unit))]


def _entity(unit: str) -> Pieces:
    """An entity of two characters stands for the first of them in full."""
    text = html.unescape(unit)
    return [(one, 0 if number else len(unit)) for number, one in enumerate(text)]


_PERCENT = _Units(re.compile(r"(?:%[0-9A-Fa-f]{2})+"), _percent, lambda text: quote(text, safe="@:/"))
_ESCAPE = _Units(re.compile(r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\/"), _escape, lambda text: text)
_ENTITY = _Units(re.compile(r"&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,8});"), _entity, html.escape)

# -- encodings of a whole run ------------------------------------------------------------------------------------------

_TEXT = bytes(range(32, 127)) + b"\t\r\n"
_BASE64_URL = str.maketrans("-_", "+/")
#: Nine bytes of printable ASCII in a row, as base64 writes them where a group of four begins with them.
_GROUP = r"(?:[CI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-])"
_CORE = rf"(?:{_GROUP}{{3}}[A-Za-z0-9+/_-]*={{0,2}}|{_GROUP}{{2}}[A-Za-z0-9+/_-]{{2,3}}={{1,2}})"


def _readable(data: bytes) -> str | None:
    """Text in ASCII; None for anything else, since what is read by chance is not an encoding."""
    return data.decode("ascii") if data and not data.translate(None, _TEXT) else None


def _base64_parts(run: str) -> tuple[str, bytes]:
    """What stands before the first whole group, and the bytes from there on: as the most of them are text."""
    best, text = (run, b""), 0.0
    for start in range(4):
        data = _decoded(run[start:].rstrip("=").translate(_BASE64_URL))
        share = 1 - len(data.translate(None, _TEXT)) / (len(data) or 1)
        if data and share > text:
            best, text = (run[:start], data), share
    return best


def _decoded(body: str) -> bytes:
    try:
        return base64.b64decode(body[: len(body) - (len(body) % 4 == 1)] + "=" * (-len(body) % 4))
    except binascii.Error:
        return b""


def _base64_encoding(data: bytes) -> str:
    """Text is UTF-8; among other bytes, each is a character of its own, so that text between them is found."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _read_base64(run: str) -> str | None:
    _, data = _base64_parts(run)
    return data.decode(_base64_encoding(data)) or None


def _write_base64(run: str, spans: Spans) -> str:
    """As long as whole groups of four are, so that what follows in the same encoding is still read right."""
    before, data = _base64_parts(run)
    encoding = _base64_encoding(data)
    masked = _replaced(data.decode(encoding), spans).encode(encoding, "replace")
    masked += b" " * (-len(masked) % 3)
    written = base64.b64encode(masked).decode()
    return before + (written.replace("+", "-").replace("/", "_") if "-" in run or "_" in run else written)


def _read_hex(run: str) -> str | None:
    return _readable(bytes.fromhex(run[: len(run) // 2 * 2]))


def _write_hex(run: str, spans: Spans) -> str:
    return _replaced(_read_hex(run) or "", spans).encode().hex() + run[len(run) // 2 * 2 :]


def _read_wide(run: str) -> str | None:
    return run.replace("\0", "")


def _write_wide(run: str, spans: Spans) -> str:
    masked = _replaced(run.replace("\0", ""), spans)
    return "".join(("\0" + one if run.startswith("\0") else one + "\0") for one in masked)


_HEX = "(?:[2-7][0-9A-Fa-f]){7,}"
_AROUND = r"[A-Za-z0-9_.~!*()+:/@?&=,;#$\[\]{}|^-]"

_ESCAPED = r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\/"
_AN_ENTITY = "&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,8});"


def _around(unit: str, more: str = "") -> str:
    """A run of characters without a blank in which at least one is encoded."""
    other = rf"{_AROUND}|{unit}{more}"
    return rf"(?:{_AROUND}{more})*(?:{unit})(?:{other})*"


VIEWS: tuple[View, ...] = (
    View("percent", _around("%[0-9A-Fa-f]{2}"), _PERCENT.read, _PERCENT.write, ("%",), "%[0-9A-Fa-f]{2}"),
    View("escape", _around(_ESCAPED, "|%"), _ESCAPE.read, _ESCAPE.write, ("\\u", "\\x", "\\/"), _ESCAPED),
    View("entity", _around(_AN_ENTITY, "|%"), _ENTITY.read, _ENTITY.write,
         ("&#", "&commat;", "&period;", "&amp;", "&quot;", "&colon;", "&sol;", "&equals;"), _AN_ENTITY),
    View("utf-16", r"(?:[\x20-\x7e]\x00){6,}|(?:\x00[\x20-\x7e]){6,}", _read_wide, _write_wide, ("\0",), r"\x00"),
    View("base64", rf"[A-Za-z0-9+/_-]*{_CORE}", _read_base64, _write_base64),
    View("hex", _HEX, _read_hex, _write_hex),
)  # fmt: skip
#: One question for the encodings that no character gives away.
UNMARKED = rf"{_GROUP}{{2}}[A-Za-z0-9+/_-]{{2}}|{_HEX}"
