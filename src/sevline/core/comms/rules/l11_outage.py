"""“Outage” for something that is not rated as unavailable."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L11"].lists


@rule("L11")
def outage(draft: Draft, situation: Situation) -> Iterator[Span]:
    if situation.is_unavailable:
        return
    for sentence in draft.sentences:
        if not sentence.says_any(LISTS["excused"]):
            yield from (sentence.at(*span) for span in found(LISTS["phrases"], sentence.text))
