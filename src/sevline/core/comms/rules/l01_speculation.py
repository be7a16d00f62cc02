"""A guess stated aloud."""

from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span, found
from sevline.core.packet.speculation import SPECULATION

GUESSES = tuple(phrase.text for phrase in SPECULATION.phrase if phrase.code == "L01")


@rule("L01")
def speculation(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        if not sentence.says_any(SPECULATION.allowed):
            yield from (sentence.at(*span) for span in found(GUESSES, sentence.text))
