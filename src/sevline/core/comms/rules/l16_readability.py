"""Sentences and updates that are hard to read, by length and by the Flesch-Kincaid grade."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Sentence, Span

SENTENCE_MAX, UPDATE_MAX, GRADE_MAX = 30, 150, 10
GRADE_FROM = 60  # words: the formula is meant for samples of a hundred and says little of a line or two
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ITEM = re.compile(r"\s*(?:[-*•>|]|\d+[.)]\s|https?://|\S+:\s*$)")
_VOWELS = re.compile(r"[aeiouy]+")


@rule("L16")
def hard_to_read(draft: Draft, situation: Situation) -> Iterator[Span]:
    prose = [sentence for sentence in draft.sentences if not _ITEM.match(sentence.text)]
    yield from (sentence.whole for sentence in prose if len(_words(sentence)) > SENTENCE_MAX)
    if situation.is_urgent and not situation.is_template:
        words = [word for sentence in prose for word in _words(sentence)]
        if len(words) > UPDATE_MAX or (len(words) >= GRADE_FROM and _grade(words, len(prose)) > GRADE_MAX):
            yield Span(0, 0)


def _words(sentence: Sentence) -> list[str]:
    """Words of prose; addresses, paths and codes are not read word by word."""
    return [word for part in sentence.text.split() if not re.search(r"[/\\_=<>]|\w\.\w", part)
            for word in _WORD.findall(part)]  # fmt: skip


def _grade(words: list[str], sentences: int) -> float:
    """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one."""
    plain = word.lower().removesuffix("e")
    return max(1, len(_VOWELS.findall(plain)))
