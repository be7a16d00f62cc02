"""A word that makes the trouble small."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L10"].lists
_NUMBER = re.compile(r"(?<![\w-])\d")


@rule("L10")
def minimised(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        if _NUMBER.search(sentence.text) is None and not sentence.says_any(LISTS["excused"]):
            yield from (sentence.at(*span) for span in found(LISTS["phrases"], sentence.text))
