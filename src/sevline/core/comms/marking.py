"""A text cut into pieces, so that a page can mark what was objected to."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from sevline.core.comms.lint import Level, Remark


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text; `codes` are the rules that object to it, and `level` the worst of theirs."""

    text: str
    codes: tuple[str, ...] = ()
    level: str = ""


def pieces(text: str, remarks: Iterable[Remark]) -> tuple[Piece, ...]:
    """The whole text in order, cut wherever a remark begins or ends."""
    spans = [remark for remark in remarks if remark.end > remark.start]
    cuts = sorted({0, len(text), *(remark.start for remark in spans), *(remark.end for remark in spans)})
    return tuple(_piece(text, start, end, spans) for start, end in itertools.pairwise(cuts))


def _piece(text: str, start: int, end: int, spans: list[Remark]) -> Piece:
    over = [remark for remark in spans if remark.start <= start and end <= remark.end]
    codes = tuple(sorted({remark.code for remark in over}))
    level = Level.BLOCK if any(remark.blocks for remark in over) else Level.WARN
    return Piece(text[start:end], codes, level.value if over else "")
