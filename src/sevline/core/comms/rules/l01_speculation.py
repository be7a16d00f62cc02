"""A guess stated aloud."""

from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span
from sevline.core.packet.speculation import claims


@rule("L01")
def speculation(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        yield from (sentence.at(*span) for span in claims(sentence.text, "L01"))
