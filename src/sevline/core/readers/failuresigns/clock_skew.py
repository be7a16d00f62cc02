"""Clock skew: messages are refused for their time, or clocks are said to differ."""

import re

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, signature

_SKEW = re.compile(
    r"(?i)\bclock[ _-]?(?:skew|drift|is (?:ahead|behind))|RequestTimeTooSkewed|"
    r"(?:timestamp|issue ?(?:time|instant)) (?:is )?in the future|"
    r"issued in the future|used before (?:it was )?issued|"
    # Coupons, offers and contracts are not yet valid either.
    r"\b(?:token|jwt|assertion|response|certificate|cert|signature|credentials?|ticket|saml|nbf|conditions?)\b"
    r".{0,60}\bnot (?:yet valid|valid yet)|not yet valid\b.{0,40}\b(?:token|jwt|nbf|certificate)|"
    r"(?:iat|nbf)\b.{0,40}\bfuture|"
    r"timestamp (?:is )?(?:outside|too far|not within)|ntp\b.{0,60}\b(?:offset|unsynchroni[sz]ed)"
)


@signature(Mode.CLOCK_SKEW, "clock", "skew", "future", "before", "not yet", "timestamp", "ntp")
def clock_skew(lines: Lines) -> Sign | None:
    """Messages are refused for their time, or clocks are said to differ."""
    said = [(number, found[0]) for number, text in lines if (found := _SKEW.search(text)) is not None]
    if not said:
        return None
    told = f"{len(said):,} line{'s speak' if len(said) > 1 else ' speaks'} of times that do not agree: “{said[0][1]}”."
    places = tuple((number, words, "times that agree") for number, words in said[:3])
    return Sign(Mode.CLOCK_SKEW, told, places, len(said) > 1)
