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


def _replaced(text: str, spans: Spans) -> str:
    pieces, end = [], 0
    for start, stop, shown, _ in spans:
        pieces += (text[end:start], shown)
        end = stop
    return "".join((*pieces, text[end:]))


# -- encodings in which each character has its own place ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Units:
    """`unit` matches one encoded piece, `one` decodes it, `again` encodes kept text between two pseudonyms."""

    unit: re.Pattern[str]
    one: Callable[[str], str]
    again: Callable[[str], str]

    def read(self, run: str) -> str | None:
        return self.unit.sub(lambda found: self.one(found.group()), run)

    def write(self, run: str, spans: Spans) -> str:
        """The places of the decoded text found again in the run."""
        places, length, end = [0], 0, 0
        for found in self.unit.finditer(run):
            plain = found.start() - end
            places += range(end + 1, found.start() + 1)
            count = len(self.one(found.group()))
            length += plain + count
            places += [found.end()] * count
            end = found.end()
        places += range(end + 1, len(run) + 1)
        encoded: Spans = []
        for start, stop, shown, kind in spans:
            parts = _PSEUDONYM.split(shown)
            written = "".join(part if number % 2 else self.again(part) for number, part in enumerate(parts))
            encoded.append((places[start], places[stop], written, kind))
        return _replaced(run, encoded)


def _percent(unit: str) -> str:
    return unquote_to_bytes(unit).decode("utf-8", "replace")


def _escape(unit: str) -> str:
    if unit[1] in "ux":
        code = int("0x" + unit[2:], 0)
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
    return unit[1]


_PERCENT = _Units(re.compile(r"(?:%[0-9A-Fa-f]{2})+"), _percent, lambda text: quote(text, safe="@:/"))
_ESCAPE = _Units(re.compile(r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\/"), _escape, lambda text: text)
_ENTITY = _Units(
    re.compile(r"&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,8});"), html.unescape, html.escape
)

# -- encodings of a whole run ------------------------------------------------------------------------------------------

_TEXT = bytes(range(32, 127)) + b"\t\r\n"
_BASE64_URL = str.maketrans("-_", "+/")


def _readable(data: bytes) -> str | None:
    """Text in ASCII; None for anything else, since what is read by chance is not an encoding."""
    return data.decode("ascii") if data and not data.translate(None, _TEXT) else None


def _base64_bytes(run: str) -> bytes:
    body = run.rstrip("=").translate(_BASE64_URL)
    if len(body) % 4 == 1:
        body = body[:-1]
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4))
    except binascii.Error:
        return b""


def _read_base64(run: str) -> str | None:
    data = _base64_bytes(run)
    text = _readable(data)
    if text is None and (text := _readable(data[:-1])) is None:
        text = _readable(data[:-2])
    return text


def _write_base64(run: str, spans: Spans) -> str:
    """As long as whole groups of four are, so that what follows in the same encoding is still read right."""
    text = _read_base64(run) or ""
    masked = _replaced(text, spans)
    masked += " " * (-len(masked) % 3)
    written = base64.b64encode(masked.encode()).decode()
    return written.replace("+", "-").replace("/", "_") if "-" in run or "_" in run else written


def _read_hex(run: str) -> str | None:
    return _readable(bytes.fromhex(run[: len(run) // 2 * 2]))


def _write_hex(run: str, spans: Spans) -> str:
    return _replaced(_read_hex(run) or "", spans).encode().hex() + run[len(run) // 2 * 2 :]


def _read_wide(run: str) -> str | None:
    return run.replace("\0", "")


def _write_wide(run: str, spans: Spans) -> str:
    masked = _replaced(run.replace("\0", ""), spans)
    return "".join(("\0" + one if run.startswith("\0") else one + "\0") for one in masked)


_AROUND = r"[A-Za-z0-9_.~!*()+:/@?&=,;#$\[\]{}|^-]"

VIEWS: tuple[View, ...] = (
    View("percent", rf"(?:{_AROUND}|%[0-9A-Fa-f]{{2}})*%[0-9A-Fa-f]{{2}}(?:{_AROUND}|%[0-9A-Fa-f]{{2}})*",
         _PERCENT.read, _PERCENT.write, ("%",)),
    View("escape", rf"(?:{_AROUND}|%)*(?:\\u[0-9A-Fa-f]{{4}}|\\x[0-9A-Fa-f]{{2}}|\\/)"
         rf"(?:{_AROUND}|%|\\u[0-9A-Fa-f]{{4}}|\\x[0-9A-Fa-f]{{2}}|\\/)*",
         _ESCAPE.read, _ESCAPE.write, ("\\u", "\\x", "\\/")),
    View("entity", rf"(?:{_AROUND}|%)*&(?:#[xX][0-9A-Fa-f]{{1,6}}|#[0-9]{{1,7}}|[A-Za-z]{{2,8}});"
         rf"(?:{_AROUND}|%)*",
         _ENTITY.read, _ENTITY.write, ("&#", "&commat;", "&period;", "&amp;", "&quot;", "&colon;", "&sol;", "&equals;")),
    View("base64", r"(?:[CI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]){3,}"
         r"[A-Za-z0-9+/_-]{0,3}={0,2}",
         _read_base64, _write_base64),
    View("hex", r"(?:[2-7][0-9A-Fa-f]){7,}", _read_hex, _write_hex),
    View("utf-16", r"(?:[\x20-\x7e]\x00){6,}|(?:\x00[\x20-\x7e]){6,}", _read_wide, _write_wide, ("\0",)),
)  # fmt: skip
