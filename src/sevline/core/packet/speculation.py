"""Whether a text guesses aloud or states an unconfirmed cause as fact. Phrases come from a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sevline.core.tables import Row, Table, load, no_repeats


class Phrase(Row, frozen=True):
    """`unless_next`: words behind it that make it harmless. `gate`: whether it shuts the gate of a packet too."""

    text: str
    code: Literal["L01", "L09"]
    unless_next: tuple[str, ...] = ()
    gate: bool = True


class Speculation(Table, frozen=True):
    allowed: tuple[str, ...]
    phrase: tuple[Phrase, ...]

    def check_rows(self) -> None:
        no_repeats("phrase", (phrase.text for phrase in self.phrase))


SPECULATION = load("speculation.toml", Speculation)
_SENTENCE_END = re.compile(r"[.!?\n]")
_GAP = r"[\s,;:()\"“”]+"
_WHETHER = re.compile(r"\bwhether\b(?!\s+or\s+not\b)", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:is|was|are|were)\s(?:behind\s(?:this|it|the)|the\s(?:root\s)?cause|the\sreason)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;]\s|\s(?=but\s)|\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    """A phrase that was found: L01 guesses, L09 states a cause as fact."""

    code: str
    phrase: str
    sentence: str


def guesses(text: str, *, cause_confirmed: bool = False) -> tuple[Guess, ...]:
    """The phrases of each sentence that guess, or, while no cause is confirmed, that state one: those of the gate.

    A clause that says what is not known yet is no guess.
    """
    found: list[Guess] = []
    for sentence in _SENTENCE_END.split(text):
        for phrase in SPECULATION.phrase:
            wanted = phrase.gate and not (phrase.code == "L09" and cause_confirmed)
            if wanted and next(_places(phrase, sentence), None) is not None:
                found.append(Guess(phrase.code, phrase.text, sentence.strip()))
    return tuple(found)


def claims(sentence: str, code: str) -> Iterator[tuple[int, int]]:
    """Where a sentence guesses (L01) or states a cause (L09), in characters; `end` is behind the last one."""
    for phrase in SPECULATION.phrase:
        if phrase.code == code:
            yield from _places(phrase, sentence)


def candidates(sentence: str) -> Iterator[tuple[int, int]]:
    """Where a sentence names a cause as something that is still looked into: behind “whether”, in its clause."""
    plain = sentence.replace("’", "'")
    for asked in _WHETHER.finditer(plain):
        ends = _CLAUSE.search(plain, asked.end())
        stated = [_pattern(phrase) for phrase in SPECULATION.phrase if phrase.code == "L09"]
        for pattern in (*stated, _NAMED):
            if ends is not None:
                yield from (found.span() for found in pattern.finditer(plain, asked.end(), ends.end()))


def _places(phrase: Phrase, sentence: str) -> Iterator[tuple[int, int]]:
    plain = sentence.replace("’", "'")
    start = 0
    for end in _CLAUSE.finditer(plain):
        if _allowed().search(plain, start, end.end()) is None:
            yield from (found.span() for found in _pattern(phrase).finditer(plain, start, end.end()))
        start = end.end()


@lru_cache(maxsize=512)
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    """The phrase as whole words with any punctuation between them. It comes from the table and is escaped."""
    words = _GAP.join(map(re.escape, phrase.text.split()))
    behind = rf"(?!{_GAP}(?:{'|'.join(map(re.escape, phrase.unless_next))})\b)" if phrase.unless_next else ""
    return re.compile(rf"(?<![\w'-]){words}(?![\w'-]){behind}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _allowed() -> re.Pattern[str]:
    """“Whether or not” says that it makes no difference, not that something is unknown."""
    phrases = "|".join(_GAP.join(map(re.escape, phrase.split())) for phrase in SPECULATION.allowed)
    return re.compile(rf"(?<![\w'-])(?:{phrases})(?![\w'-])(?!{_GAP}or{_GAP}not\b)", re.IGNORECASE)
