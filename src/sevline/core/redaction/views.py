"""Encodings in which a value may stand: each is looked through, and what is found there is masked where it stands.

Percent signs, escapes of JSON, entities of HTML and letters that are written otherwise (full width, as in Japanese
forms; the long s and the sign for kelvin) are read with the place of every character, so that only the masked piece
changes. Base64, hexadecimal and UTF-16 are decoded, masked and written again in their own form.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from sevline.core.redaction.compiled import contains
from sevline.core.redaction.few import FewRows
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM
from sevline.core.redaction.rows import numbers, where

if TYPE_CHECKING:
    import polars as pl

Spans = list[tuple[int, int, str, str]]
Own = Callable[[str], str]
"""Puts stand-ins for the characters of a text that are of the stand-ins' range (`Shield.own`)."""
_PSEUDONYM = re.compile(f"({EVERY_PSEUDONYM})")


@dataclass(frozen=True, slots=True)
class View:
    """`pattern` (Rust) finds runs in rows where one of `marks` stands, or anywhere where there are none.

    `read` gives the decoded run, or None where it is not of this encoding; `write` gives the run with spans of the
    decoded text replaced, and those of the spans that it replaced. Both take the `Own` of what they give.
    """

    name: str
    pattern: str
    read: Callable[[str, Own], str | None]
    write: Callable[[str, Spans, Own], tuple[str, Spans]]
    marks: tuple[str, ...] = ()
    gate: str = ""
    by_chance: bool = True
    """Whether other text can look like this encoding, so that only what is known for sure is looked for in it."""


def encoded(view: View, rows: "pl.Series", few: FewRows | None = None) -> "pl.Series":
    """The numbers of the rows with a mark of the encoding, and a piece that is encoded in it."""
    if few is not None and not few.has(view.marks):
        return numbers(0)
    hits = where(rows.str.contains_any(list(view.marks)))
    return hits.filter(contains(rows[hits], view.gate)) if len(hits) else hits


def _replaced(text: str, spans: Spans) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, shown, _ in spans:
        pieces += (text[end:start], shown)
        end = stop
    return "".join((*pieces, text[end:]))


# -- encodings in which each character has its own place ---------------------------------------------------------------


Pieces = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Units:
    """`unit` matches an encoded piece, in a group; `pieces` gives its characters, each with the width of its writing.

    `again` encodes kept text that stands between two pseudonyms.
    """

    unit: re.Pattern[str]
    pieces: Callable[[str], Pieces]
    again: Callable[[str], str]

    def read(self, run: str, own: Own) -> str | None:
        """Each different piece is decoded once, so that a long line of the same ones takes no longer than another."""
        parts = self.unit.split(run)
        known = {unit: own("".join(one for one, _ in self.pieces(unit))) for unit in set(parts[1::2])}
        parts[1::2] = [known[unit] for unit in parts[1::2]]
        return "".join(parts)

    def write(self, run: str, spans: Spans, own: Own) -> tuple[str, Spans]:
        places = self._places(run)
        encoded: Spans = []
        for start, stop, shown, kind in spans:
            parts = _PSEUDONYM.split(shown)
            written = "".join(part if number % 2 else own(self.again(part)) for number, part in enumerate(parts))
            encoded.append((places[start], places[stop], written, kind))
        return _replaced(run, encoded), spans

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
    text = bytes.fromhex(unit.replace("%", "")).decode("utf-8", "surrogateescape")
    if text.isascii():
        return [(one, 3) for one in text]
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


def _quoted(unit: str) -> Pieces:
    return _percent(unit.replace("=", "%"))


def _quoted_again(text: str) -> str:
    return "".join(one if " " <= one <= "~" and one != "=" else quote(one, safe="").replace("%", "=") for one in text)


#: What any case-blind pattern takes for a letter of ASCII although literals do not, and ASCII in full width.
_OTHERWISE = "\u017f\u212a\uff01-\uff5e"
_AS_ASCII = {0x17F: "s", 0x212A: "K", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
#: Where letters that are written otherwise may be of a value or of what names it. The marks of Chinese and Japanese
#: sentences, which stand in each line of a log, are not, nor is a number of two digits.
_TELLING = (
    "[\u017f\u212a\uff21-\uff3a\uff41-\uff5a\uff20\uff3f\uff06\uff02\uff07\uff1d]"  # letters and @ _ & " ' =
    r"|[A-Za-z0-9_\"'\])>][ \t]?\uff1a|\uff1c/?[A-Za-z]|\uff0f\uff0f|\uff05[0-9A-Fa-f]{2}"  # : behind ASCII, < // %
    r"|[\uff10-\uff19]{3}|[A-Za-z0-9.:@_-][\uff10-\uff19]|[\uff10-\uff19][A-Za-z0-9.:@_\uff0d\uff0e-]"  # digits
    r"|[A-Za-z0-9][\uff0d\uff0e][A-Za-z0-9]|\uff0b[0-9]|\uff08[+\uff0b0-9][0-9 ]*\uff09"  # - . + and (0)
)
#: Characters of a line that is read in full, and of a longer one how many on each side of such a place, and on to the
#: end of what stands there.
WHOLE, NEAR = 8192, 1024
_WIDE = re.compile(f"[{_OTHERWISE}]+")
_APART = " \t\"',;<>\u3000\uff0c\uff1b\u3002"
_TELLS, _AN_END = re.compile(_TELLING), re.compile(f"[{_APART}]")


def _in_ascii(found: re.Match[str]) -> str:
    return found[0].translate(_AS_ASCII)


class _Letters:
    """Each letter is one that is written otherwise or itself; of a long line only what is near such letters is read."""

    @staticmethod
    def _near(run: str) -> list[tuple[int, int]]:
        """From where to where it is read."""
        if len(run) <= WHOLE:
            return [(0, len(run))]
        places: list[tuple[int, int]] = []
        for found in _TELLS.finditer(run):
            if places and found.end() + NEAR <= places[-1][1]:
                continue
            since, begin = places[-1][1] if places else 0, max(0, found.start() - NEAR)
            begin = max(since, *(run.rfind(one, since, begin) + 1 for one in _APART))
            apart = _AN_END.search(run, found.end() + NEAR)
            end = apart.start() if apart else len(run)
            if places and begin <= places[-1][1]:
                begin = places.pop()[0]
            places.append((begin, end))
        return places

    def read(self, run: str, _own: Own) -> str | None:
        return _WIDE.sub(_in_ascii, "\n".join(run[begin:end] for begin, end in self._near(run)))

    def write(self, run: str, spans: Spans, own: Own) -> tuple[str, Spans]:
        """What is found across two of the pieces that were read is in neither."""
        used: Spans = []
        edits: Spans = []
        at = 0
        for begin, end in self._near(run):
            inside = [span for span in spans if at <= span[0] and span[1] <= at + end - begin]
            used += inside
            edits += ((start + begin - at, stop + begin - at, own(shown), kind) for start, stop, shown, kind in inside)
            at += end - begin + 1
        return _replaced(run, edits), used


_QUOTED = _Units(re.compile(r"((?:=[0-9A-F]{2})+)"), _quoted, _quoted_again)
_PERCENT = _Units(re.compile(r"((?:%[0-9A-Fa-f]{2})+)"), _percent, lambda text: quote(text, safe="@:/"))
_ESCAPE = _Units(re.compile(r"(\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\/)"), _escape, lambda text: text)
_ENTITY = _Units(re.compile(r"(&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,8});)"), _entity, html.escape)
_LETTERS = _Letters()

# -- encodings of a whole run ------------------------------------------------------------------------------------------

SHORTEST = 7
_TEXT = re.compile(rb"[\x20-\x7e\t\r\n]{7,}")
_PRINTABLE = bytes(byte in b"\t\r\n" or 0x20 <= byte <= 0x7E for byte in range(256))
#: Bytes from which stretches are found over all places at once: most of a long run is often noise.
MANY = 65_536
_BASE64_URL = str.maketrans("-_", "+/")
#: Of bytes that are mostly no text, such as a certificate, a short stretch of letters is there by chance.
SHORT_BY_CHANCE = 14


def _texts(data: bytes) -> list[tuple[int, bytes]]:
    """Place and stretch of ASCII, seven bytes and more each; of what is mostly no text none that is short."""
    if len(data) < MANY:
        texts = [(found.start(), found.group()) for found in _TEXT.finditer(data)]
        fewest = SHORT_BY_CHANCE if 2 * sum(len(text) for _, text in texts) < len(data) else 0
        return [(place, text) for place, text in texts if len(text) >= fewest]
    import numpy as np

    is_text = np.frombuffer(b"\0" + data.translate(_PRINTABLE) + b"\0" * SHORTEST, np.uint8)
    two = is_text[:-1] & is_text[1:]
    four = two[:-2] & two[2:]
    seven = four[:-3] & four[3:]  # where a stretch of the shortest that counts begins: there are few in noise
    edges = np.flatnonzero(seven[1:] != seven[:-1])
    begins, ends = edges[::2], edges[1::2] + SHORTEST - 1
    lengths = ends - begins
    kept = lengths >= (SHORT_BY_CHANCE if 2 * int(lengths.sum()) < len(data) else SHORTEST)
    return [(begin, data[begin:end]) for begin, end in zip(begins[kept].tolist(), ends[kept].tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class _Blob:
    """Bytes written in other letters. `group` letters hold `size` bytes, and a run may begin within a group.

    What is looked at are the stretches of ASCII in it, wherever it begins: they are the text, one a line.
    """

    group: int
    size: int
    decode: Callable[[str], bytes]
    encode: Callable[[bytes, str], str]

    def _stretches(self, run: str) -> list[tuple[int, bytes, int, str]]:
        """Start in the run, the bytes from there on, the stretch's place in them, its text."""
        found: list[tuple[int, bytes, int, str]] = []
        for start in range(self.group):
            data = self.decode(run[start:])
            found += ((start, data, place, text.decode()) for place, text in _texts(data))
        return found

    def read(self, run: str, _own: Own) -> str | None:
        return "\n".join(text for _, _, _, text in self._stretches(run)) or None

    def write(self, run: str, spans: Spans, _own: Own) -> tuple[str, Spans]:
        """What is found from the first start that has anything; the next pass sees to the others.

        Blanks fill up the group, so that what follows in the same encoding is still read right.
        """
        begin, end, start, data = 0, 0, -1, b""
        used: Spans = []
        edits: list[tuple[int, int, bytes]] = []
        for at, whole, place, text in self._stretches(run):
            end = begin + len(text)
            inside = [span for span in spans if begin <= span[0] and span[1] <= end]
            if inside and start in (-1, at):
                start, data = at, whole
                used += inside
                edits += ((place + one[0] - begin, place + one[1] - begin, one[2].encode()) for one in inside)
            begin = end + 1
        if start < 0:
            return run, []
        pieces: list[bytes] = []
        last = 0
        for first, stop, shown in edits:
            fill = b" " * ((stop - first - len(shown)) % self.size)
            pieces += (data[last:first], shown, fill)
            last = stop
        return run[:start] + self.encode(b"".join((*pieces, data[last:])), run), used


def from_base64(run: str) -> bytes:
    body = run.rstrip("=")
    if "-" in body or "_" in body:
        body = body.translate(_BASE64_URL)
    whole = body[: len(body) - (len(body) % 4 == 1)]
    try:
        return binascii.a2b_base64(whole + "=" * (-len(whole) % 4))
    except binascii.Error:
        return b""


def to_base64(data: bytes, run: str) -> str:
    written = base64.b64encode(data).decode()
    if "-" in run or "_" in run:
        written = written.replace("+", "-").replace("/", "_")
    return written if run.endswith("=") else written.rstrip("=")


_BASE64 = _Blob(4, 3, from_base64, to_base64)
_HEX = _Blob(
    2,
    1,
    lambda run: bytes.fromhex(run[: len(run) // 2 * 2]),
    lambda data, run: data.hex() if run.islower() else data.hex().upper(),
)


def _wide_readings(run: str) -> list[tuple[int, str]]:
    """What a run of ASCII with a NUL between any two says, each with its place in the letters of the run.

    A letter at an end without a NUL beyond it belongs to the run in one order of bytes and to the text around it in
    the other, so both are read. No reading cuts a pseudonym, which would look like a value without its end.
    """
    letters = run.replace("\0", "")
    first, last = 0 if run.startswith("\0") else 1, len(letters) - (0 if run.endswith("\0") else 1)
    tokens = [found.span() for found in _PSEUDONYM.finditer(letters)]
    if tokens and tokens[0][0] < first:
        first = tokens[0][1]
    if tokens and tokens[-1][1] > last:
        last = tokens[-1][0]
    return [(start, letters[start:stop]) for start, stop in dict.fromkeys(((first, len(letters)), (0, last)))]


def _read_wide(run: str, _own: Own) -> str | None:
    return "\n".join(text for _, text in _wide_readings(run))


def _write_wide(run: str, spans: Spans, _own: Own) -> tuple[str, Spans]:
    """What is found in the reading in which the most is; the next pass sees to the other.

    The NULs on both sides of a masked piece stay where they are, so that the order of bytes need not be known.
    """
    lead = 1 if run.startswith("\0") else 0
    begin, most = 0, 0
    used: Spans = []
    edits: Spans = []
    for offset, text in _wide_readings(run):
        inside = [span for span in spans if begin <= span[0] and span[1] <= begin + len(text)]
        masked = sum(span[1] - span[0] for span in inside)
        if masked > most:
            most, used, move = masked, inside, offset - begin
            edits = [
                (lead + 2 * (start + move), lead + 2 * (stop + move) - 1, "\0".join(shown), kind)
                for start, stop, shown, kind in inside
            ]
        begin += len(text) + 1
    return _replaced(run, edits), used


#: Nine bytes of printable ASCII in a row, as base64 writes them where a group of four begins with them.
_GROUP = r"(?:[CI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-])"
_CORE = rf"(?:{_GROUP}{{3}}[A-Za-z0-9+/_-]*={{0,2}}|{_GROUP}{{2}}[A-Za-z0-9+/_-]{{2,3}}={{1,2}})"
_HEX_CORE = "(?:[2-7][0-9A-Fa-f]){7}"
_AROUND = r"[A-Za-z0-9_.~!*()+:/@?&=,;#$\[\]{}|^-]"

#: A character of mails that is no ASCII: two bytes and more, which only UTF-8 writes so.
_A_QUOTED = "=(?:C[2-9A-F]|[DE][0-9A-F]|F[0-4])(?:=[89AB][0-9A-F])+"
_ESCAPED = r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\/"
#: A letter with a mark, a typographic sign, or an equals sign, as mail writes them (quoted-printable).
_IN_MAIL = "=C[2-5]=[89AB][0-9A-F]|=E2=80=[89AB][0-9A-F]|=3D"
_AN_ENTITY = "&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,8});"


def _around(unit: str, more: str = "") -> str:
    """A run of characters without a blank in which at least one is encoded."""
    other = rf"{_AROUND}|{unit}{more}"
    return rf"(?:{_AROUND}{more})*(?:{unit})(?:{other})*"


VIEWS: tuple[View, ...] = (
    View("letters", rf"[^\r\n]*[{_OTHERWISE}][^\r\n]*", _LETTERS.read, _LETTERS.write,
         tuple(map(chr, _AS_ASCII)), _TELLING, by_chance=False),
    View("percent", _around("%[0-9A-Fa-f]{2}"), _PERCENT.read, _PERCENT.write,
         ("%",), "%[0-9A-Fa-f]{2}", by_chance=False),
    View("quoted-printable", rf"[^\r\n]*{_A_QUOTED}[^\r\n]*", _QUOTED.read, _QUOTED.write,
         ("=C", "=D", "=E", "=F"), _A_QUOTED, by_chance=False),
    View("escape", _around(_ESCAPED, "|%"), _ESCAPE.read, _ESCAPE.write, ("\\u", "\\x", "\\/"), _ESCAPED),
    View("entity", _around(_AN_ENTITY, "|%"), _ENTITY.read, _ENTITY.write,
         ("&#", "&commat;", "&period;", "&amp;", "&quot;", "&colon;", "&sol;", "&equals;"), _AN_ENTITY),
    View("quoted-printable", rf"[^\x00]*(?:{_IN_MAIL})[^\x00]*", _QUOTED.read, _QUOTED.write,
         ("=C2=", "=C3=", "=C4=", "=C5=", "=E2=80", "=3D"), _IN_MAIL),
    View("utf-16", r"\x00?(?:[\x20-\x7e]\x00){5,}[\x20-\x7e]?", _read_wide, _write_wide, ("\0",), r"\x00"),
    View("base64", rf"[A-Za-z0-9+/_-]*{_CORE}", _BASE64.read, _BASE64.write),
    View("hex", rf"[0-9A-Fa-f]*{_HEX_CORE}[0-9A-Fa-f]*", _HEX.read, _HEX.write),
)  # fmt: skip
#: One question for the encodings that no character gives away.
UNMARKED = rf"{_GROUP}{{2}}[A-Za-z0-9+/_-]{{2}}|{_HEX_CORE}"
#: What stands wherever something may be encoded.
MAY_BE_ENCODED = "|".join(f"(?:{gate})" for gate in (UNMARKED, *(view.gate for view in VIEWS if view.marks)))
