"""A guarantee or a commitment that nobody approved."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L04"].lists


@rule("L04")
def promise(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        if not sentence.says_any(LISTS["excused"]):
            yield from (sentence.at(*span) for span in found(LISTS["phrases"], sentence.text))
