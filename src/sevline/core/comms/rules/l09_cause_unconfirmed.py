"""A cause as a fact, while none is confirmed."""

from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span
from sevline.core.packet.speculation import claims


@rule("L09")
def unconfirmed_cause(draft: Draft, situation: Situation) -> Iterator[Span]:
    if situation.cause_confirmed:
        return
    for sentence in draft.sentences:
        yield from (sentence.at(*span) for span in claims(sentence.text, "L09"))
