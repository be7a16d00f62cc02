"""Masks what was folded into lines as the one text that it is, and folds it again."""

from collections.abc import Sequence, Set
from typing import Protocol

from sevline.core.redaction.folded import Fold, may_fold, opened
from sevline.core.redaction.tally import Tally


class Masks(Protocol):
    """What masks a text, its lines, or strings, without asking whether something in them is folded."""

    def mask_text(self, text: str, depth: int = 0) -> tuple[str, Tally]: ...

    def mask_lines(self, text: str, known: Tally | None = None) -> tuple[str, Tally]: ...

    def mask_rows(
        self, strings: Sequence[str], *, people: Set[str] = ..., secrets: Set[str] = ...
    ) -> tuple[list[str], Tally]: ...


def mask_folded(engine: Masks, text: str, depth: int) -> tuple[str, Tally]:
    """A text of many lines. What its folds give away is known to its other lines, and the other way round."""
    folded = opened(text)
    if folded is None:
        return engine.mask_lines(text)
    inside, known = _inside(engine, folded.folds, depth)
    masked, tally = engine.mask_lines(folded.text, known)
    told = tally.secrets | tally.people
    folds = [
        fold.again(text if told <= own.secrets | own.people else engine.mask_lines(text, tally)[0])
        for fold, (text, own) in zip(folded.folds, inside, strict=True)
    ]
    closed = folded.closed(masked, folds)
    if closed is None:
        return engine.mask_lines(text)
    tally.add(known)
    return closed, tally


def mask_each(engine: Masks, strings: Sequence[str], *, people: Set[str]) -> tuple[list[str], Tally]:
    """Many strings at once, each with its folds."""
    folded = {at: one for at in may_fold(strings) if (one := opened(strings[at], mail=False))}
    if not folded:
        return engine.mask_rows(strings, people=people)
    known = Tally()
    folds: dict[int, list[str]] = {}
    for at, one in folded.items():
        inside, tally = _inside(engine, one.folds, 0)
        folds[at] = [fold.again(text) for fold, (text, _) in zip(one.folds, inside, strict=True)]
        known.add(tally)
    holes = [folded[at].text if at in folded else text for at, text in enumerate(strings)]
    masked, tally = engine.mask_rows(holes, people=people | known.people, secrets=known.secrets)
    for at, one in folded.items():
        closed = one.closed(masked[at], folds[at])
        if closed is None:
            return engine.mask_rows(strings, people=people)
        masked[at] = closed
    tally.add(known)
    return masked, tally


def _inside(engine: Masks, folds: Sequence[Fold], depth: int) -> tuple[list[tuple[str, Tally]], Tally]:
    """Each fold's text masked, with its tally, and what they count together."""
    inside = [engine.mask_text(fold.text, depth + 1) for fold in folds]
    known = Tally()
    for _, tally in inside:
        known.add(tally)
    return inside, known
