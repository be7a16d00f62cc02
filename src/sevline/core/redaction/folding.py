"""Masks what was folded into lines as the one text that it is, and folds it again."""

from collections.abc import Mapping, Sequence, Set
from typing import Protocol

from sevline.core.redaction.alike import Alike, Told
from sevline.core.redaction.folded import Fold, Opened, may_fold, opened
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.tally import Tally


class Masks(Protocol):
    """What masks a text, its lines, or strings, without asking whether something in them is folded."""

    @property
    def pseudonyms(self) -> Pseudonyms: ...

    def mask_text(self, text: str, depth: int = 0) -> tuple[str, Tally]: ...

    @property
    def alike(self) -> Alike: ...

    def mask_lines(self, text: str, known: Tally | None = None, told: Told | None = None) -> tuple[str, Tally]: ...

    def mask_rows(
        self, strings: Sequence[str], *, people: Set[str] = ..., secrets: Set[str] = ...
    ) -> tuple[list[str], Tally]: ...


#: How often a text is looked at, each time with tokens for those folds that were found to be secrets as a whole, before
#: it is looked at line by line.
TRIES = 4


def mask_folded(engine: Masks, text: str, depth: int) -> tuple[str, Tally]:
    """A text of many lines. What its folds give away is known to its other lines, and the other way round."""
    mail, tokens, told_of = True, dict[int, str](), engine.alike.of_lines(text)
    for _ in range(TRIES):
        folded = opened(text, mail=mail, tokens=tokens, told=told_of)
        if folded is None:
            break
        inside, known = _inside(engine, folded.folds, depth)
        masked, tally = engine.mask_lines(folded.text, known)
        if lost := folded.lost(masked):
            tokens |= _tokens(engine, lost)
            continue
        told = tally.secrets | tally.people
        folds = [
            fold.again(text if told <= own.secrets | own.people else engine.mask_lines(text, tally)[0])
            for fold, (text, own) in zip(folded.folds, inside, strict=True)
        ]
        closed = folded.closed(masked, folds)
        if closed is not None:
            tally.add(known)
            _note(tally, tokens)
            return closed, tally
        mail = False
    return engine.mask_lines(text, told=told_of)


def mask_each(engine: Masks, strings: Sequence[str], *, people: Set[str]) -> tuple[list[str], Tally]:
    """Many strings at once, each with its folds."""
    tokens: dict[int, dict[int, str]] = {at: {} for at in may_fold(strings)}
    for _ in range(TRIES):
        folded = {at: one for at in tokens if (one := opened(strings[at], mail=False, tokens=tokens[at]))}
        if not folded:
            break
        folds, known = _each_inside(engine, folded)
        rows = [folded[at].text if at in folded else text for at, text in enumerate(strings)]
        masked, tally = engine.mask_rows(rows, people=people | known.people, secrets=known.secrets)
        lost = {at: one.lost(masked[at]) for at, one in folded.items()}
        if not any(lost.values()):
            for at, one in folded.items():
                masked[at] = one.closed(masked[at], folds[at]) or ""
                _note(tally, tokens[at])
            tally.add(known)
            return masked, tally
        tokens = {at: tokens[at] | _tokens(engine, lost[at]) for at in folded}
    return engine.mask_rows(strings, people=people)


def _tokens(engine: Masks, lost: Mapping[int, str]) -> dict[int, str]:
    return {start: engine.pseudonyms.secret("SECRET", letters) for start, letters in lost.items()}


def _note(tally: Tally, tokens: Mapping[int, str]) -> None:
    for token in tokens.values():
        tally.note("secret", token)


def _each_inside(engine: Masks, folded: Mapping[int, Opened]) -> tuple[dict[int, list[str]], Tally]:
    """The folds of each text as they are put back, and what they count together."""
    known = Tally()
    folds: dict[int, list[str]] = {}
    for at, one in folded.items():
        inside, tally = _inside(engine, one.folds, 0)
        folds[at] = [fold.again(text) for fold, (text, _) in zip(one.folds, inside, strict=True)]
        known.add(tally)
    return folds, known


def _inside(engine: Masks, folds: Sequence[Fold], depth: int) -> tuple[list[tuple[str, Tally]], Tally]:
    """Each fold's text masked, with its tally, and what they count together."""
    inside = [engine.mask_text(fold.text, depth + 1) for fold in folds]
    known = Tally()
    for _, tally in inside:
        known.add(tally)
    return inside, known
