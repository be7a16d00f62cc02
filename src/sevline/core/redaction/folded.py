"""Base64 and quoted-printable text that was folded into lines, as mail and XML fold it (RFC 2045 6.7, 6.8).

A value that a line end cuts is in neither line. So a fold of base64 that says text is taken out as one, masked as the
text that it is, and folded again; lines that end in a soft break of quoted-printable are looked at as the one line that
they are. Lines stay as many as they were, for places in a file are told by their numbers.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from types import MappingProxyType

from sevline.core.redaction.alike import Told
from sevline.core.redaction.codec import free_marks
from sevline.core.redaction.compiled import contains, keep
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM
from sevline.core.redaction.rows import where
from sevline.core.redaction.views import from_base64, to_base64

#: Letters of a line: 57 bytes and more make the usual widths from 60 to 80. A shorter run is a name, not a line.
LEAST, WIDEST = 56, 2_000
_LETTER = "[A-Za-z0-9+/_-]"
#: What stands between two lines: a line end with what quotes or indents the next one, or a line end as JSON, JSON in
#: JSON and XML write it.
_BREAK = r"(?:\r?\n[ \t>]{0,80}|\\{1,2}r\\{1,2}n|\\{1,2}n|(?:&#(?:10|13|[xX]0?[ADad]);\s{0,2}){1,2})"
#: What each fold holds at the end of its first line.
FOLDS = rf"{_LETTER}{{{LEAST}}}(?:\r?\n|\\|&#)"
_FOLD = rf"{_LETTER}{{{LEAST}}}{_LETTER}*(?:{_BREAK}(?:{_LETTER}+={{0,2}}|={{1,2}}))+"
_BREAKS = re.compile(f"({_BREAK})")
#: What may stand behind the last line: of a longer word it would be no base64.
_ENDS = re.compile(r"[\s\"'<&\\,;\]})]|$")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
#: Of text in another encoding than UTF-8, the share that has to be ASCII.
MOSTLY = 0.85
#: The part of a mail that is quoted-printable, from the head that says so to the next boundary.
_PART = re.compile(r"(?ims)^Content-Transfer-Encoding:[ \t]*quoted-printable\b.*?(?=^--\S{6,}|\Z)")
#: Lines that end in a soft break, with the one after them.
_SOFT = re.compile(r"(?:^[^\r\n]{0,2000}=\r?\n)+[^\r\n]*", re.MULTILINE)
_SOFT_BREAK = re.compile(r"=\r?\n")
_WHOLE = re.compile(f"{EVERY_PSEUDONYM}|=[0-9A-Fa-f]{{2}}")
NONE: Mapping[int, str] = MappingProxyType({})
keep((FOLDS,))


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines of base64 as they stand in a text, the breaks between them, and the text that they say."""

    lines: tuple[str, ...]
    breaks: tuple[str, ...]
    text: str
    encoding: str

    def again(self, masked: str) -> str:
        """The lines with the masked text in them. Blanks behind it fill up what it became shorter."""
        if masked == self.text:
            return self._joined(self.lines)
        data = masked.encode(self.encoding, "replace")
        data += b" " * (-len(data) % 3)
        count = len(self.lines)
        width = max(len(self.lines[0]), -(-len(data) // 3 * 4 // count))
        width += -width % 4
        data += b" " * max(0, (width * (count - 1) // 4 + 1) * 3 - len(data))
        written = to_base64(data, "".join(self.lines).rstrip("="))
        return self._joined([written[at * width : (at + 1) * width] for at in range(count)])

    def instead(self, token: str) -> str:
        """What stands for all of it, and as many line ends behind as were between the lines."""
        return token + "\n" * sum(one.count("\n") for one in self.breaks)

    def _joined(self, lines: "list[str] | tuple[str, ...]") -> str:
        return lines[0] + "".join(one + line for one, line in zip(self.breaks, lines[1:], strict=True))


@dataclass(frozen=True, slots=True)
class Opened:
    """A text with a word in place of each fold, soft breaks taken out, and what stood there.

    The word of a fold (`holes`) looks as its letters do, so that what masks those masks the word. `starts` are where
    the folds began in the text; `soft` is the mark of a soft break.
    """

    text: str
    folds: tuple[Fold, ...]
    starts: tuple[int, ...]
    holes: tuple[str, ...]
    softs: tuple[str, ...]
    soft: str

    def lost(self, masked: str) -> dict[int, str]:
        """The letters of folds whose word became a value, or a part of one, by where they began: secrets as a whole."""
        each = zip(self.starts, self.holes, self.folds, strict=True)
        return {start: "".join(fold.lines) for start, hole, fold in each if masked.count(hole) != 1}

    def closed(self, masked: str, folds: Sequence[str]) -> str | None:
        """The masked text with `folds` in place of their words; None where a mark of a soft break was lost."""
        if masked.count(self.soft) != sum(map(_soft_breaks, self.softs)):
            return None
        pieces: list[str] = []
        for hole, fold in zip(self.holes, folds, strict=True):
            before, _, masked = masked.partition(hole)
            pieces += (before, fold)
        return self._softened("".join((*pieces, masked)))

    def _softened(self, text: str) -> str | None:
        """Each joined line, behind which stands a line of marks, in as many lines as it was."""
        found: list[str] = []
        at = 0
        for line in text.split("\n"):
            if not line.startswith(self.soft):
                found.append(line)
                continue
            if line.strip(self.soft) not in ("", "\r") or not found or at >= len(self.softs):
                return None
            found[-1] = _broken(found[-1], self.softs[at]) + line.strip(self.soft)
            at += 1
        return "\n".join(found) if at == len(self.softs) else None


def opened(
    text: str, *, mail: bool = True, tokens: Mapping[int, str] = NONE, told: Told | None = None
) -> Opened | None:
    """The text with its folds taken out, None where it has none. `mail`: soft breaks too; `tokens` stand for
    folds that are secrets as a whole, by where those begin; `told` is what is known of the lines."""
    softs = list(_soft_lines(text)) if mail and ("=\n" in text or "=\r\n" in text) else []
    places = list(_folds(text)) if (_may_fold(text) if told is None else told.some(FOLDS)) else []
    return _with_words(text, places, softs, tokens) if softs or places else None


def _with_words(
    text: str, places: list[tuple[int, int, Fold]], softs: list[tuple[int, int]], tokens: Mapping[int, str]
) -> Opened:
    (soft,) = free_marks(text, 1)
    instead = {
        (start, end): fold.instead(tokens[start]) if start in tokens else _word(text, start)
        for start, end, fold in places
    }
    for start, end in softs:
        lines = text[start:end]
        instead[start, end] = f"{_SOFT_BREAK.sub('', lines)}\n{soft * _soft_breaks(lines)}"
    kept = _apart(sorted(instead))
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        pieces += (text[last:start], instead[start, end])
        last = end
    inside = [place for place in places if place[:2] in kept and place[0] not in tokens]
    return Opened(
        "".join((*pieces, text[last:])),
        tuple(fold for _, _, fold in inside),
        tuple(start for start, _, _ in inside),
        tuple(instead[start, end] for start, end, _ in inside),
        tuple(text[start:end] for start, end in softs if (start, end) in kept),
        soft,
    )


def _word(text: str, start: int) -> str:
    """Letters as of a key, which no text holds that is not made for it, and which say nothing when they are decoded."""
    return base64.b64encode(sha256(f"{start} {len(text)}".encode()).digest()).decode().rstrip("=")


def _apart(places: list[tuple[int, int]]) -> dict[tuple[int, int], None]:
    """The places, in their order, without those within another: a fold within soft lines is read with them."""
    kept: dict[tuple[int, int], None] = {}
    last = 0
    for start, end in places:
        if start >= last:
            kept[start, end] = None
            last = end
    return kept


def _may_fold(text: str) -> bool:
    return len(text) > LEAST and bool(may_fold([text]))


def may_fold(texts: Sequence[str]) -> list[int]:
    """The numbers of the texts in which a line of base64 ends; one question for all of them."""
    import polars as pl

    return where(contains(pl.Series("text", texts, dtype=pl.String), FOLDS)).to_list()


def _runs(text: str) -> list[str]:
    """What looks like lines of base64 one behind another, in order."""
    import polars as pl

    return pl.Series("text", [text], dtype=pl.String).str.extract_all(_FOLD).explode().drop_nulls().to_list()


def _folds(text: str) -> Iterator[tuple[int, int, Fold]]:
    """Where each fold that says text begins and ends."""
    begin = 0
    for run in _runs(text):
        begin = text.index(run, begin)
        parts = _BREAKS.split(run)
        place, at = begin, 0
        begin += len(run)
        while at < len(parts):
            lines, breaks = _even(parts, at)
            fold = _judged(lines, breaks)
            read = len(fold.lines) if fold is not None else len(lines)
            end = place + sum(map(len, lines[:read])) + sum(map(len, breaks[: read - 1]))
            if fold is not None and _ENDS.match(text, end):
                yield place, end, fold
            at += 2 * read
            place = end + (len(parts[at - 1]) if at - 1 < len(parts) else 0)


def _judged(lines: list[str], breaks: list[str]) -> Fold | None:
    """The lines as one text. A short line behind them is a word where with it they say no text, or in another
    encoding only."""
    fold = _read(lines, breaks)
    if fold is not None and fold.encoding == "utf-8":
        return fold
    if len(lines) > 2 and len(lines[-1]) < len(lines[0]):
        without = _read(lines[:-1], breaks[:-1])
        if without is not None and (fold is None or without.encoding == "utf-8"):
            return without
    return fold


def _even(parts: list[str], at: int) -> tuple[list[str], list[str]]:
    """Lines as wide as the first one, and the one after them that is not wider; with the breaks between them."""
    lines, breaks = [parts[at]], []
    width = len(parts[at])
    while (
        at + 2 < len(parts) and len(lines[-1]) == width and not lines[-1].endswith("=") and len(parts[at + 2]) <= width
    ):
        breaks.append(parts[at + 1])
        lines.append(parts[at + 2])
        at += 2
    return lines, breaks


def _read(lines: list[str], breaks: list[str]) -> Fold | None:
    """What the lines say, None where it is no text, such as a certificate."""
    packed = "".join(lines)
    if len(lines) < 2 or not LEAST <= len(lines[0]) <= WIDEST or (len(lines[-1]) < len(lines[0]) and len(packed) % 4):
        return None
    data = from_base64(packed)
    for encoding in ("utf-8", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text or _CONTROL.search(text):
            return None
        if encoding == "latin-1" and sum(one < "\x80" for one in text) < MOSTLY * len(text):
            return None
        return Fold(tuple(lines), tuple(breaks), text, encoding)
    return None


def _soft_lines(text: str) -> Iterator[tuple[int, int]]:
    for part in _PART.finditer(text):
        yield from (found.span() for found in _SOFT.finditer(text, part.start(), part.end()))


def _soft_breaks(lines: str) -> int:
    return len(_SOFT_BREAK.findall(lines))


def _broken(line: str, before: str) -> str:
    """The line broken as often as it was, and not within what is one piece."""
    if line == _SOFT_BREAK.sub("", before):
        return before
    breaks = _SOFT_BREAK.findall(before)
    pieces = [found.span() for found in _WHOLE.finditer(line)]
    places = [0]
    for number in range(1, len(breaks) + 1):
        place = max(places[-1], len(line) * number // (len(breaks) + 1))
        inside = next((start for start, end in pieces if start < place < end), place)
        places.append(max(places[-1], inside))
    parts = [line[start:end] for start, end in pairwise((*places, len(line)))]
    return "".join(part + one for part, one in zip(parts, (*breaks, ""), strict=True))
