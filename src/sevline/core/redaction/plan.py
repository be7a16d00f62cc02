"""Which rows a detector is asked about: literals first, all of a group at once, then its cheaper pattern."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from sevline.core.redaction.compiled import contains, keep
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.literals import literal
from sevline.core.redaction.rows import numbers, where
from sevline.core.redaction.thinning import outlasts

if TYPE_CHECKING:
    import polars as pl

#: Literals from which one automaton of theirs is smaller than a pattern.
MANY_LITERALS = 512
#: Gates of detectors without literals that are asked as one. Of 28 the automaton had so many states that two of half of
#: them took two thirds of its time.
MOST_JOINED = 14


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Of each row that a group looks at what its detectors are asked about: their literals, and their gates."""

    words: "pl.Series"
    text: "pl.Series"


@dataclass(frozen=True)
class Keywords:
    """Literals of which one must stand in a row: as written, and in any ASCII case."""

    exact: tuple[str, ...]
    in_any_case: tuple[str, ...]

    @cached_property
    def pattern(self) -> str:
        """One pattern for all of them: where there are many it is three times as fast as a search for literals."""
        alternatives = ["|".join(map(literal, self.exact))] if self.exact else []
        if self.in_any_case:
            alternatives.append(f"(?i-u:{'|'.join(map(literal, self.in_any_case))})")
        return "|".join(alternatives)


@dataclass(frozen=True, slots=True)
class Group:
    """Detectors that run one after another on the rows which the group's literals or its gate let through.

    `alone` is a single detector whose own gate is asked. Where `sieve` is not negative, the group's first question is
    one of those that the plan's sieve of that number asks as one.
    """

    detectors: tuple[Detector, ...]
    keywords: Keywords | None = None
    gate: str = ""
    alone: bool = False
    sieve: int = -1

    @property
    def question(self) -> str:
        """The pattern that is asked of every row first."""
        return self.keywords.pattern if self.keywords else self.gate

    @property
    def hint(self) -> str:
        """What the sieve asks in its place; it holds wherever the question does."""
        hints = dict.fromkeys(entry.hint for entry in self.detectors)
        return "|".join(hints) if all(hints) and not self.keywords else self.question

    def only(self, detectors: Sequence[Detector]) -> "Group":
        """The group with some of its detectors."""
        if len(detectors) == len(self.detectors):
            return self
        some = tuple(detectors)
        keywords, gate = keywords_of(some) if self.keywords else None, _gate_of(some) if self.gate else ""
        return replace(self, detectors=some, keywords=keywords, gate=gate)

    def rows(self, rows: "pl.Series", among: "pl.Series | None" = None) -> "pl.Series":
        """The numbers of the rows to look at, among those of these numbers or all."""
        if among is not None and among.is_empty():
            return among
        asked = self._asked(rows if among is None else rows[among])
        if not asked.any():
            return numbers(0)  # most texts of a form hold nothing: numbering no rows costs as much as the question
        hits = where(asked) if among is None else among.filter(asked)
        if self.keywords and self.gate and len(hits):
            hits = hits.filter(contains(rows[hits], self.gate))
        return hits

    def _asked(self, rows: "pl.Series") -> "pl.Series":
        if self.keywords and len(self.keywords.exact) + len(self.keywords.in_any_case) > MANY_LITERALS:
            return with_keyword(rows, self.keywords)  # too many for one pattern
        return contains(rows, self.question)


@dataclass(frozen=True, slots=True)
class Plan:
    """`sieves` are patterns, each the first questions of several groups as one: most rows hold nothing of any.

    `firsts` are the numbers of the first group of each sieve, `behind` the detectors of all its groups. `outlasting`
    are the numbers of groups, and of sieves as their complements, that let no more through when a row is thinned (see
    `thinning`).
    """

    groups: tuple[Group, ...]
    sieves: tuple[str, ...]
    firsts: tuple[int, ...]
    behind: tuple[tuple[Detector, ...], ...]
    outlasting: frozenset[int]


SHORT = 150  # characters of a question; longer ones make the joined automaton dear
SHORT_OF_LETTERS = 200
#: Literals up to which a search for them alone leaps ahead, and is cheaper than any automaton.
FEW_LITERALS = 2
#: A question that begins with any letter has no literal to leap to.
_LED_BY_LETTER = re.compile(r"(?:\(\?:)?\[A-Za-z")


#: What is seldom in a text, and so short a question that several cost little more than one. Literals as written and
#: literals in any case stand apart: an automaton of both costs four times what those of each cost together. Of pairs
#: only those are asked together that share a hint.
_SIEVES: tuple[Callable[[Group], bool], ...] = (
    lambda group: _is_seldom(group) and not _in_any_case(group),
    lambda group: _is_seldom(group) and _in_any_case(group),
    lambda group: group.hint != group.question and _stage(group) is Stage.PAIR,
    lambda group: group.alone and len(group.question) < SHORT_OF_LETTERS and _is_led_by_letter(group),
    lambda group: group.alone and _stage(group) is Stage.NUMBER and len(group.question) < SHORT,
)


def _is_seldom(group: Group) -> bool:
    """Literals that most texts hold none of; those of headers and persons in any case are too common."""
    if group.keywords is None:
        return group.hint != group.question and _stage(group) is not Stage.PAIR
    stages = (Stage.BLOCK, Stage.URL, Stage.PAIR, Stage.NUMBER, *(() if _in_any_case(group) else (Stage.VENDOR,)))
    return len(group.keywords.exact) + len(group.keywords.in_any_case) > FEW_LITERALS and _stage(group) in stages


def _in_any_case(group: Group) -> bool:
    return group.keywords is not None and bool(group.keywords.in_any_case)


def _is_led_by_letter(group: Group) -> bool:
    return _LED_BY_LETTER.match(group.question) is not None


def _stage(group: Group) -> Stage:
    return group.detectors[0].stage


@lru_cache(16)
def plan_of(detectors: tuple[Detector, ...]) -> Plan:
    """The order of questions, made once for all texts of a case. What is asked of every row is so little that it stays
    compiled in any thread; of the rest what is built in is kept compiled, and a case's own words are not."""
    groups = list(_groups(detectors))
    sieves: list[str] = []
    firsts: list[int] = []
    for is_in in _SIEVES:
        sifted = [number for number, group in enumerate(groups) if is_in(group)]
        if len(sifted) > 1:
            firsts.append(sifted[0])
            for number in sifted:
                groups[number] = replace(groups[number], sieve=len(sieves))
            sieves.append("|".join(dict.fromkeys(f"(?:{groups[number].hint})" for number in sifted)))
    keep(_asked_of_some(groups) - {group.question for group in groups if group.sieve < 0})
    outlasting = [number for number, group in enumerate(groups) if outlasts(group.question) and outlasts(group.gate)]
    outlasting += [~number for number, sieve in enumerate(sieves) if outlasts(sieve)]
    return Plan(tuple(groups), tuple(sieves), tuple(firsts), _behind(groups, len(sieves)), frozenset(outlasting))


def _behind(groups: list[Group], sieves: int) -> tuple[tuple[Detector, ...], ...]:
    """The detectors behind each sieve."""
    of_sieve = [[group for group in groups if group.sieve == number] for number in range(sieves)]
    return tuple(tuple(entry for group in some for entry in group.detectors) for some in of_sieve)


def _asked_of_some(groups: list[Group]) -> set[str]:
    built_in = [group for group in groups if _stage(group) is not Stage.TERM]
    patterns = {pattern for group in built_in for pattern in (group.question, group.gate)}
    return patterns | {one for group in built_in for entry in group.detectors for one in (entry.gate, entry.pattern)}


def _groups(detectors: tuple[Detector, ...]) -> Iterator[Group]:
    for stage in Stage:
        of_stage = [entry for entry in detectors if entry.stage is stage]
        yield from _keyed([entry for entry in of_stage if entry.keywords and not entry.any_case], joined=False)
        yield from _keyed([entry for entry in of_stage if entry.keywords and entry.any_case], joined=True)
        unkeyed = [entry for entry in of_stage if not entry.keywords]
        rare, common = _parted(unkeyed)
        for _, alike in groupby(rare, key=lambda entry: entry.hint):
            for joined in _evenly(tuple(alike)):
                yield Group(joined, gate=_gate_of(joined))
        for entry in common:
            yield Group((entry,), gate=entry.gate or entry.pattern, alone=True)


def _keyed(entries: list[Detector], *, joined: bool) -> Iterator[Group]:
    """`joined` asks for the gates of the rare ones as one, after their literals."""
    for entry in (one for one in entries if one.apart):
        yield Group((entry,), keywords_of((entry,)), _gate_of((entry,)))
    entries = [entry for entry in entries if not entry.apart]
    rare, common = _parted(entries) if joined else ((), tuple(entries))
    if common:
        yield Group(common, keywords_of(common))
    if rare:
        yield Group(rare, keywords_of(rare), _gate_of(rare))


def _evenly(entries: tuple[Detector, ...]) -> Iterator[tuple[Detector, ...]]:
    """The entries in their order, in as few parts as may be, none much larger than another."""
    parts = -(-len(entries) // MOST_JOINED)
    for part in range(parts):
        if some := entries[part * len(entries) // parts : (part + 1) * len(entries) // parts]:
            yield some


def _parted(entries: list[Detector]) -> tuple[tuple[Detector, ...], tuple[Detector, ...]]:
    """The rare ones, and the others."""
    return tuple(entry for entry in entries if entry.rare), tuple(entry for entry in entries if not entry.rare)


def _gate_of(entries: tuple[Detector, ...]) -> str:
    return "|".join(f"(?:{entry.gate or entry.pattern})" for entry in entries)


def keywords_of(entries: tuple[Detector, ...]) -> Keywords:
    return Keywords(
        tuple(sorted({keyword for entry in entries if not entry.any_case for keyword in entry.keywords})),
        tuple(sorted({keyword for entry in entries if entry.any_case for keyword in entry.keywords})),
    )


def with_keyword(rows: "pl.Series", keywords: Keywords) -> "pl.Series":
    if not keywords.in_any_case:
        return rows.str.contains_any(list(keywords.exact))
    found = rows.str.contains_any(list(keywords.in_any_case), ascii_case_insensitive=True)
    return found | rows.str.contains_any(list(keywords.exact)) if keywords.exact else found


def gated(
    entry: Detector, rows: "pl.Series", within: Excerpts | None = None, named: "pl.Series | None" = None
) -> "pl.Series | None":
    """The numbers of the rows in which the detector's pattern is worth its time; None where there is none.

    `named` are those in which one of its literals was found already.
    """
    words, text = (within.words, within.text) if within else (rows, rows)
    gate = entry.gate or entry.pattern
    if named is not None or entry.keywords:
        asked = where(with_keyword(words, keywords_of((entry,)))) if named is None else named
        hits = asked.filter(contains(text[asked], gate)) if len(asked) else asked
    else:
        hits = where(contains(text, gate))
    if within is not None and text is not rows and len(hits) and gate != entry.pattern:
        # A long row holds by chance what a gate asks for; the pattern would then be tried at each of its places.
        hits = hits.filter(contains(text[hits], entry.pattern))
    return None if hits.is_empty() else hits


def by_literal(entries: tuple[Detector, ...], rows: "pl.Series", keywords: Keywords) -> "dict[str, pl.Series]":
    """For each detector of which a literal is in these rows, their numbers: one search for the literals of all."""
    import polars as pl

    found: dict[str, pl.Series] = {}
    for words, any_case in ((keywords.exact, False), (keywords.in_any_case, True)):
        if not words:
            continue
        hits = rows.str.extract_many(list(words), ascii_case_insensitive=any_case, overlapping=True)
        table = pl.DataFrame({"at": numbers(len(rows)), "word": hits})
        told = table.explode("word").drop_nulls()
        if any_case:
            told = told.with_columns(pl.col("word").str.to_lowercase())
        places = dict(told.group_by("word").agg(pl.col("at").unique()).iter_rows())
        for entry in (entry for entry in entries if entry.any_case is any_case):
            named = (word.lower() if any_case else word for word in entry.keywords)
            if at := [place for word in named for place in places.get(word, ())]:
                found[entry.kind] = pl.Series("at", sorted(set(at)), dtype=pl.get_index_type())
    return found


def whole_word(text: str) -> str:
    """The literal text, with an end of a word asked for where it begins or ends with a letter or a digit."""
    begin = r"(?-u:\b)" if _is_word(text[0]) else ""
    return begin + literal(text) + (r"(?-u:\b)" if _is_word(text[-1]) else "")


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
