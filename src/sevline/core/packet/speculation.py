"""Whether a text guesses aloud or states an unconfirmed cause as fact. Phrases come from a table."""

import re
from dataclasses import dataclass
from typing import Literal

from sevline.core.tables import Row, Table, load, no_repeats


class Phrase(Row, frozen=True):
    text: str
    code: Literal["L01", "L09"]


class Speculation(Table, frozen=True):
    allowed: tuple[str, ...]
    phrase: tuple[Phrase, ...]

    def check_rows(self) -> None:
        no_repeats("phrase", (phrase.text for phrase in self.phrase))


SPECULATION = load("speculation.toml", Speculation)
APOSTROPHE = "'"
_WORD = re.compile(r"[^\s,;:()\"“”]+")
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A phrase that was found: L01 guesses, L09 states a cause as fact."""

    code: str
    phrase: str
    sentence: str


def guesses(text: str, *, cause_confirmed: bool = False) -> tuple[Guess, ...]:
    """The phrases of each sentence that guess, or, while no cause is confirmed, that state one.

    A sentence that says what is not known yet is no guess.
    """
    found: list[Guess] = []
    for sentence in _SENTENCE_END.split(text):
        plain = f" {' '.join(_WORD.findall(sentence.casefold().replace('’', APOSTROPHE)))} "
        if any(f" {allowed} " in plain for allowed in SPECULATION.allowed):
            continue
        found += [
            Guess(phrase.code, phrase.text, sentence.strip())
            for phrase in SPECULATION.phrase
            if f" {phrase.text} " in plain and not (phrase.code == "L09" and cause_confirmed)
        ]
    return tuple(found)
