"""What is asked of all rows, asked once of those that differ in digits and hexadecimal words only.

The lines of a log are mostly of forms that were told of before, in another part of it. What may hold something is then
asked exactly: by coarse forms nothing is found, it is only ruled out.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from sevline.core.redaction.coarse import FOLDED, coarse, coarse_literals, coarsened
from sevline.core.redaction.compiled import contains, keep
from sevline.core.redaction.detector import Detector
from sevline.core.redaction.plan import MANY_LITERALS, Keywords, Plan
from sevline.core.redaction.rows import numbers, where

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

#: Rows and characters from which forms are worth making, and how long a row may be on average: long ones are seldom
#: alike. Of more forms than this share that are not known yet it costs more to ask than of the rows.
LEAST_ROWS, LEAST, LONG = 2_000, 500_000, 1_000
MOSTLY_NEW = 0.5
#: Names of questions besides those of groups and blocks: what may be encoded, and what was masked already.
ENCODED, MASKED = "encoded", "masked"
#: Forms that are remembered, and how many characters of them.
MOST, MOST_CHARACTERS = 32_768, 4_194_304


@dataclass(frozen=True, slots=True)
class _Question:
    """A pattern that is asked of coarse rows, or that what one of the sieves lets through is enough. `lines`: with the
    ends of a line around each row."""

    pattern: str
    sieve: int = -1
    lines: bool = False

    def rows(self, rows: "pl.Series", through: "Sequence[pl.Series]") -> "pl.Series":
        """The numbers of the rows that it lets through."""
        return through[self.sieve] if self.sieve >= 0 else where(contains(rows, self.pattern))


class Told:
    """Which rows may hold something, by what was asked: a group's number or the complement of a sieve's, the kind of a
    detector of blocks, a name."""

    def __init__(
        self,
        numbers: Mapping[Hashable, int],
        verdicts: "np.ndarray[tuple[int, int]]",
        of_rows: "np.ndarray[tuple[int]]",
    ) -> None:
        self._numbers, self._verdicts, self._of_rows = numbers, verdicts, of_rows

    def __contains__(self, question: Hashable) -> bool:
        """Whether it was asked."""
        return question in self._numbers

    def rows(self, questions: Iterable[Hashable]) -> "pl.Series":
        """The numbers of the rows that may hold something for one of these."""
        import numpy as np
        import polars as pl

        columns = [self._numbers[question] for question in questions]
        may_hold = np.asarray(self._verdicts[:, columns].any(axis=1))
        return pl.Series("at", np.flatnonzero(may_hold[self._of_rows]).astype(np.uint32), dtype=pl.get_index_type())

    def some(self, question: Hashable) -> bool:
        """Whether any row may hold something for this."""
        return bool(self._verdicts[:, self._numbers[question]][self._of_rows].any())


class Alike:
    """The coarse rows that were asked about under one plan, and the answers. Nothing is told of any row where one of
    the sieves, or of `others` (patterns by name, asked of lines), has no coarse form."""

    def __init__(self, plan: Plan, blocks: Sequence[Detector], others: Mapping[str, str]) -> None:
        sieves, named = list(_sieves(plan)), {name: coarsened(pattern) for name, pattern in others.items()}
        self._blocks = _Literals.of([entry for entry in blocks if entry.keywords])
        self._sieves = [sieve for sieve in sieves if sieve is not None]
        self._questions: list[tuple[Hashable, _Question]] = []
        if None not in (*sieves, *named.values()):
            own = ((~number, _Question("", number)) for number in range(len(sieves)))
            more = ((name, _Question(pattern or "", lines=True)) for name, pattern in named.items())
            self._questions = [*own, *_of_groups(plan), *more]
        names = (*(name for name, _ in self._questions), *self._blocks.kinds)
        self._numbers = {name: number for number, name in enumerate(names)}
        keep({*self._sieves, self._blocks.pattern, *(one.pattern for _, one in self._questions)})
        self._known = _Known(len(self._numbers))
        self._lock = Lock()

    def of_rows(self, rows: "pl.Series", end: str) -> Told | None:
        """What is known of these rows, between which `end` may stand; None where to know it is not worth it."""
        size = int(rows.str.len_bytes().sum()) if len(rows) >= LEAST_ROWS else 0
        return self._of(rows.str.join(end).item(), end) if LEAST <= size <= LONG * len(rows) else None

    def of_lines(self, text: str) -> Told | None:
        """What is known of a text's lines."""
        return self._of(text, "\n")

    def _of(self, text: str, end: str) -> Told | None:
        import numpy as np

        if len(text) < LEAST or not self._questions or any(letter in text for letter in FOLDED):
            return None
        rows = text.count(end) + 1
        if rows < max(LEAST_ROWS, len(text) // LONG):
            return None
        forms = coarse(text.encode()).split(end.encode())
        with self._lock:
            found = self._known.of(forms)
            if None in found:
                fresh = list({form: None for form, told in zip(forms, found, strict=True) if told is None})
                if sum(map(len, fresh)) > MOSTLY_NEW * len(text):
                    return None
                self._known.learn(fresh, self._asked(fresh), forms)
                found = self._known.of(forms)
            return Told(self._numbers, self._known.table(), np.array(found, np.int32))

    def _asked(self, forms: list[bytes]) -> list[int]:
        """What may be held by each of these forms."""
        import polars as pl

        written = [form.decode() for form in forms]
        rows = pl.Series("text", written, dtype=pl.String)
        lines = pl.Series("text", [f"\n{form}\n" for form in written], dtype=pl.String)
        found = [0] * len(forms)
        through = [where(contains(rows, sieve)) for sieve in self._sieves]
        told = ((name, one.rows(lines if one.lines else rows, through).to_list()) for name, one in self._questions)
        for name, held in chain(told, self._blocks.rows(lines)):
            bit = 1 << self._numbers[name]
            for at in held:
                found[at] |= bit
        return found


@dataclass
class _Known:
    """Forms with the numbers of the verdicts on them; a verdict is a set of answers, a bit each."""

    width: int
    verdicts: dict[int, int] = field(default_factory=dict)
    forms: dict[bytes, int] = field(default_factory=dict)
    characters: int = 0
    _table: "np.ndarray[tuple[int, int]] | None" = None

    def of(self, forms: list[bytes]) -> list[int | None]:
        return list(map(self.forms.get, forms))

    def learn(self, forms: list[bytes], verdicts: list[int], every: list[bytes]) -> None:
        """Of older ones those are forgotten that are not among `every`, where they are too many."""
        if len(self.forms) + len(forms) > MOST or self.characters > MOST_CHARACTERS:
            self._forget_all_but(every)
        self.characters += sum(map(len, forms))
        self.forms |= zip(forms, map(self._number, verdicts), strict=True)

    def _number(self, verdict: int) -> int:
        return self.verdicts.setdefault(verdict, len(self.verdicts))

    def _forget_all_but(self, forms: list[bytes]) -> None:
        """Verdicts too: their numbers begin anew."""
        by_number = list(self.verdicts)
        kept = {form: by_number[self.forms[form]] for form in forms if form in self.forms}
        self.verdicts, self._table = {}, None
        self.forms = {form: self._number(verdict) for form, verdict in kept.items()}
        self.characters = sum(map(len, self.forms))

    def table(self) -> "np.ndarray[tuple[int, int]]":
        """A row for each verdict, and a column for each question."""
        import numpy as np

        if self._table is None or len(self._table) < len(self.verdicts):
            size = self.width // 8 + 1
            written = b"".join(verdict.to_bytes(size, "little") for verdict in self.verdicts)
            packed = np.frombuffer(written, np.uint8).reshape(-1, size)
            self._table = np.unpackbits(packed, axis=1, bitorder="little") == 1
        return self._table


def _of_groups(plan: Plan) -> Iterator[tuple[Hashable, _Question]]:
    """The first questions of those groups that can be asked so."""
    for number, group in enumerate(plan.groups):
        if group.sieve >= 0:
            yield number, _Question("", group.sieve)  # its sieve is enough: what more it asks is dear to keep compiled
        elif group.keywords is None:
            if (own := coarsened(group.question)) is not None:
                yield number, _Question(own)
        elif len(group.keywords.exact) + len(group.keywords.in_any_case) <= MANY_LITERALS:
            yield number, _Question(_keywords(group.keywords))


@dataclass(frozen=True)
class _Literals:
    """The literals of what spans lines as they stand in coarse lines, each with the detectors that it is of."""

    by_form: Mapping[tuple[bool, str], frozenset[str]]
    """Whether in any case, which is then in small letters, and the form."""

    @classmethod
    def of(cls, blocks: Sequence[Detector]) -> "_Literals":
        found: dict[tuple[bool, str], frozenset[str]] = {}
        for entry in blocks:
            for form in chain.from_iterable(coarse_literals(_of_one_line(literal)) for literal in entry.keywords):
                key = (entry.any_case, form.lower() if entry.any_case else form)
                found[key] = found.get(key, frozenset()) | {entry.kind}
        return cls(found)

    @property
    def kinds(self) -> list[str]:
        return sorted(frozenset().union(*self.by_form.values()))

    @cached_property
    def pattern(self) -> str:
        """What finds any of them."""
        return Keywords(
            *(tuple(form for case, form in self.by_form if case is any_case) for any_case in (False, True))
        ).pattern

    def rows(self, lines: "pl.Series") -> Iterator[tuple[str, list[int]]]:
        """The detectors of which a literal stands in these lines, and the numbers of those lines."""
        hits = where(contains(lines, self.pattern)) if self.pattern else numbers(0)
        for any_case in (False, True):
            forms = [form for case, form in self.by_form if case is any_case]
            if not forms or hits.is_empty():
                continue
            found = lines[hits].str.extract_many(forms, ascii_case_insensitive=any_case, overlapping=True)
            for at, words in zip(hits.to_list(), found.to_list(), strict=True):
                for word in set(words or ()):
                    for kind in self.by_form[any_case, word.lower() if any_case else word]:
                        yield kind, [at]


def _of_one_line(literal: str) -> str:
    """Of a literal that spans lines the longest piece, with the ends of its line."""
    parts = literal.split("\n")
    lines = [("\n" if number else "") + part for number, part in enumerate(parts)]
    return max((line + "\n" if number < len(parts) - 1 else line for number, line in enumerate(lines)), key=len)


def _keywords(keywords: Keywords) -> str:
    """Literals as they stand in coarse rows. As one pattern of literals only they are sought much faster."""
    exact, in_any_case = (
        tuple(dict.fromkeys(form for literal in literals for form in coarse_literals(literal)))
        for literals in (keywords.exact, keywords.in_any_case)
    )
    return Keywords(exact, in_any_case).pattern


def _sieves(plan: Plan) -> Iterator[str | None]:
    """The plan's sieves as they are asked of coarse rows; None where they cannot be."""
    for number in range(len(plan.sieves)):
        behind = [group for group in plan.groups if group.sieve == number]
        hints = [_keywords(group.keywords) if group.keywords else coarsened(group.hint) for group in behind]
        told = [f"(?:{hint})" for hint in dict.fromkeys(hints) if hint is not None]
        yield "|".join(told) if None not in hints else None
