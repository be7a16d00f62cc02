"""A cause as a fact, while none is confirmed."""

from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span, found
from sevline.core.packet.speculation import SPECULATION

CLAIMS = tuple(phrase.text for phrase in SPECULATION.phrase if phrase.code == "L09")


@rule("L09")
def unconfirmed_cause(draft: Draft, situation: Situation) -> Iterator[Span]:
    if situation.cause_confirmed:
        return
    for sentence in draft.sentences:
        if not sentence.says_any(SPECULATION.allowed):
            yield from (sentence.at(*span) for span in found(CLAIMS, sentence.text))
