"""Base64 and quoted-printable text that was folded into lines, as mail and XML fold it (RFC 2045 6.7, 6.8).

A value that a line end cuts is in neither line. So a fold of base64 that says text is taken out as one, masked as the
text that it is, and folded again; lines that end in a soft break of quoted-printable are looked at as the one line that
they are. Lines stay as many as they were, for places in a file are told by their numbers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
_GATE = rf"{_LETTER}{{{LEAST}}}(?:\r?\n|\\|&#)"
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
keep((_GATE,))


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

    def _joined(self, lines: "list[str] | tuple[str, ...]") -> str:
        return lines[0] + "".join(one + line for one, line in zip(self.breaks, lines[1:], strict=True))


@dataclass(frozen=True, slots=True)
class Opened:
    """A text with a mark in place of each fold, soft breaks taken out, and what stood there."""

    text: str
    folds: tuple[Fold, ...]
    softs: tuple[str, ...]
    marks: tuple[str, str]

    def closed(self, masked: str, folds: "list[str]") -> str | None:
        """The masked text with `folds` in place of the marks; None where a mark was lost or moved into a value."""
        hole, soft = self.marks
        if masked.count(hole) != len(self.folds) or masked.count(soft) != sum(map(_soft_breaks, self.softs)):
            return None
        pieces = masked.split(hole)
        whole = pieces[0] + "".join(fold + piece for fold, piece in zip(folds, pieces[1:], strict=True))
        return self._softened(whole)

    def _softened(self, text: str) -> str | None:
        """Each joined line, behind which stands a line of marks, in as many lines as it was."""
        soft = self.marks[1]
        lines = text.split("\n")
        found: list[str] = []
        at = 0
        for line in lines:
            if not line.startswith(soft):
                found.append(line)
                continue
            if line.strip(soft) not in ("", "\r") or not found or at >= len(self.softs):
                return None
            found[-1] = _broken(found[-1], self.softs[at]) + line.strip(soft)
            at += 1
        return "\n".join(found) if at == len(self.softs) else None


def opened(text: str, *, mail: bool = True) -> Opened | None:
    """The text with its folds taken out, None where it has none. `mail`: soft breaks too."""
    softs = list(_soft_lines(text)) if mail and ("=\n" in text or "=\r\n" in text) else []
    places = list(_folds(text)) if _may_fold(text) else []
    if not (softs or places):
        return None
    hole, soft = free_marks(text, 2)
    instead = {(start, end): hole for start, end, _ in places}
    for start, end in softs:
        lines = text[start:end]
        instead[start, end] = f"{_SOFT_BREAK.sub('', lines)}\n{soft * _soft_breaks(lines)}"
    kept = _apart(sorted(instead))
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        pieces += (text[last:start], instead[start, end])
        last = end
    return Opened(
        "".join((*pieces, text[last:])),
        tuple(fold for start, end, fold in places if (start, end) in kept),
        tuple(text[start:end] for start, end in softs if (start, end) in kept),
        (hole, soft),
    )


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

    return where(contains(pl.Series("text", texts, dtype=pl.String), _GATE)).to_list()


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
