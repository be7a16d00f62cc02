"""No time at which the customer hears from us next."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span
from sevline.core.extraction import zones

_ZONED = re.compile(rf"\b\d{{1,2}}:\d{{2}}\s?{zones.WRITTEN}")
_NEXT = (
    "next update", "update you", "post again", "write again", "hear from us", "write to you", "report back",
    "get back to you", "an update by",
)  # fmt: skip


@rule("L07")
def no_next_update(draft: Draft, situation: Situation) -> Iterator[Span]:
    if not situation.is_urgent or not situation.is_open or situation.has_next_update:
        return
    if not any(sentence.says_any(_NEXT) and _ZONED.search(sentence.text) for sentence in draft.sentences):
        yield Span(0, 0)
