"""A clock time in a sentence without a zone."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span
from sevline.core.extraction import zones

# A time of day: “14:05”, “9:30:12”, “3 pm”. Ratios, ports and places such as 127.0.0.1:80 and 12:1 are none.
_CLOCK = re.compile(
    r"(?<![\w.:/-])(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:]|\.\d)|(?:1[0-2]|[1-9])\s?[ap]m\b)"
)
_ZONE = re.compile(rf"(?<![A-Za-z]){zones.WRITTEN}|\d[Zz]\b|\b(?:your|local) time\b")


@rule("L13")
def time_without_zone(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        if _ZONE.search(sentence.text) is None:
            yield from (sentence.at(*match.span()) for match in _CLOCK.finditer(sentence.text))
