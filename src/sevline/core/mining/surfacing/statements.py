"""Which patterns are of one statement and tell what failed of all that it wrote.

A statement whose outcome stands in a status or in a field has a pattern of each outcome. One that says it in a word
has a template of each, the same but for that word: `Accepted password for <*>` and `Failed password for <*>`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sevline.core.mining.surfacing.counts import PatternCounts

_BAD = (
    "fail fails failed failure failing unsuccessful error errored denied refused rejected declined aborted crashed "
    "invalid incorrect unauthorized unauthorised forbidden timeout"
)
_GOOD = (
    "succeed succeeds succeeded success successful accepted allowed granted approved completed complete finished done "
    "ok okay passed valid correct authorized authorised"
)
_FAILED, _WORKED = frozenset(_BAD.split()), frozenset(_GOOD.split())
_ASIDE = frozenset({"successfully"})
"""Stands beside another word of success and adds nothing."""

_MOST_TEMPLATES = 30
"""More that share what stands before their word of outcome are not one statement: a program says all its errors so."""

_TELLS_MORE = frozenset({"with", "due", "because", "after", "in", "within", "-", "(", "["})
"""Begins what is told of one outcome alone: a reason, or how long it took."""

_AROUND = ".,:;!?'\"()[]"
_ANY = re.compile(r"\b(?:" + "|".join(sorted(_FAILED | _WORKED)) + r")\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")

_Said = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """`failed`: the row of what failed in one way; `rows`: those of all outcomes, that one among them. Statements have
    the same rows or none together."""

    failed: int
    rows: tuple[int, ...]


def statements_of(patterns: Sequence[PatternCounts]) -> tuple[Statement, ...]:
    """One for each way of failing, in the order of the rows; none where nothing but failures is known."""
    by_status: dict[str, list[int]] = {}
    for row, pattern in enumerate(patterns):
        if pattern.statement:
            by_status.setdefault(pattern.statement, []).append(row)
    found = [
        Statement(row, rows)
        for rows in map(tuple, by_status.values())
        if len(rows) > 1
        for row in rows
        if patterns[row].outcome
    ]
    known = {row for one in found for row in one.rows}
    found += [one for one in _by_words(patterns) if known.isdisjoint(one.rows)]
    return tuple(sorted(found, key=lambda one: one.failed))


def _by_words(patterns: Sequence[PatternCounts]) -> Iterator[Statement]:
    said: dict[_Said, tuple[set[int], set[int]]] = {}
    for row, pattern in enumerate(patterns):
        if pattern.outcome or not _ANY.search(pattern.template):
            continue
        scope = pattern.statement.rpartition(":")[0]
        for is_good, before, behind in _told(pattern.template.split()):
            said.setdefault((scope, before, behind), (set(), set()))[is_good].add(row)
    taken: set[int] = set()
    for failed, worked in said.values():
        rows = tuple(sorted(failed | worked))
        if not (failed and worked and failed.isdisjoint(worked)) or len(rows) > _MOST_TEMPLATES:
            continue
        if taken.isdisjoint(rows):
            taken.update(rows)
            yield from (Statement(row, rows) for row in sorted(failed))


def _told(words: list[str]) -> Iterator[tuple[bool, tuple[str, ...], tuple[str, ...]]]:
    """For each word of outcome: whether it is one of success, and what stands before it and behind it."""
    words = _without_aside(words)
    for place, word in enumerate(words):
        plain = _bare(word)
        if plain not in _FAILED and plain not in _WORKED:
            continue
        before, behind = tuple(words[:place]), tuple(words[place + 1 :])
        if word.endswith(":") or (behind and behind[0] in _TELLS_MORE):
            behind = ()
        if _WORD.search(" ".join((*before, *behind))):
            yield plain in _WORKED, before, behind


def _without_aside(words: list[str]) -> list[str]:
    if not any(_bare(word) in _WORKED for word in words):
        return words
    return [word for word in words if _bare(word) not in _ASIDE]


def _bare(word: str) -> str:
    return word.strip(_AROUND).lower()
