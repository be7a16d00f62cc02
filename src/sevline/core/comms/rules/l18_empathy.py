"""The first word on something urgent says nothing of what it means for the customer."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L18"].lists


@rule("L18")
def no_empathy(draft: Draft, situation: Situation) -> Iterator[Span]:
    first_and_urgent = situation.is_urgent and situation.is_first
    if first_and_urgent and not situation.is_template and next(found(LISTS["phrases"], draft.text), None) is None:
        yield Span(0, 0)
