"""A workaround exists and nobody told the customer."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L17"].lists


@rule("L17")
def no_action(draft: Draft, situation: Situation) -> Iterator[Span]:
    said = f"{situation.told}\n{draft.text}"
    if situation.has_workaround and next(found(LISTS["phrases"], said), None) is None:
        yield Span(0, 0)
