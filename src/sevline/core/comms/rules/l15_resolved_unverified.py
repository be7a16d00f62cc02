"""“Resolved” as a fact, before a fix was validated."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L15"].lists


@rule("L15")
def resolved_unverified(draft: Draft, situation: Situation) -> Iterator[Span]:
    if situation.fix_validated:
        return
    for sentence in draft.sentences:
        for start, end in found(LISTS["phrases"], sentence.text):
            conditional = next(found(LISTS["excused"], sentence.text[:start]), None) is not None
            # “The limit is fixed at 30 seconds” repairs nothing.
            if not conditional and not sentence.text[end:].lstrip().startswith(("at ", "to ")):
                yield sentence.at(start, end)
