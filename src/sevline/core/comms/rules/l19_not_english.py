"""A sentence that the other rules cannot read."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Sentence, Span, found

LISTS = OUTBOUND["L19"].lists
ENGLISH = "english"
ENOUGH = 2
BEYOND_LATIN = "\u0370"  # Greek, the first script after those of Latin letters


@rule("L19")
def not_english(draft: Draft, _: Situation) -> Iterator[Span]:
    return (sentence.whole for sentence in draft.sentences if _is_foreign(sentence))


def _is_foreign(sentence: Sentence) -> bool:
    letters = [letter for letter in sentence.text if letter.isalpha()]
    if sum(letter >= BEYOND_LATIN for letter in letters) > len(letters) / 2:
        return True
    english = _count(ENGLISH, sentence)
    return any(_count(language, sentence) >= max(ENOUGH, english + 1) for language in LISTS if language != ENGLISH)


def _count(language: str, sentence: Sentence) -> int:
    """How many different small words of a language the sentence has."""
    text = sentence.text
    return len({text[span.start : span.end].lower() for span in found(LISTS[language], text)})
