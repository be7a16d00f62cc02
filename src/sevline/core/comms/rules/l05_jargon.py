"""A word of operations that the reader need not know."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L05"].lists


@rule("L05")
def jargon(draft: Draft, situation: Situation) -> Iterator[Span]:
    if situation.issue_type in LISTS["developers"]:
        return
    for start, end in found(LISTS["terms"], draft.text):
        explained = draft.text[end:].lstrip().startswith("(")
        used_first = next(found((draft.text[start:end].lower(),), situation.heard), None) is not None
        if not explained and not used_first:
            yield Span(start, end)
