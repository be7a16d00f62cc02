"""What the impact card of a case says to the questions of the severity table: shares in percent, and the deadline.

What the card does not say stays unknown, which counts as the worst; nothing here makes a severity lower by a guess.
"""

import re

from sevline.core.severity import Deadline

_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
}  # fmt: skip
_COUNT = re.compile(
    rf"^(?:(?:about|around|roughly|approximately|ca\.?|circa|some|all|up to|etwa|rund|alle|bis zu)[ ])*"
    rf"(?P<number>\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,9}}|{'|'.join(_SPELLED)})(?![\w%]|[.,]\d)"
    rf"(?![ ]?(?:%|percent|per cent|\+|[-–][ ]?\d|(?:to|bis|or more|oder mehr)\b))",
    re.IGNORECASE,
)
_SOON = re.compile(r"\b(?:today|tonight|tomorrow|heute|morgen)\b", re.IGNORECASE)
_GO_LIVE = re.compile(r"\bgo(?:es|ing)?[- ]?live\b|\blaunch\b|\bInbetriebnahme\b", re.IGNORECASE)
#: A weekday by its bare name is within a week, and so within five business days.
_WEEKDAY = re.compile(
    r"(?<!next )(?<!last )(?<!nächsten )\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)\b",
    re.IGNORECASE,
)
_NONE = frozenset({"none", "no", "no deadline", "keine", "nein"})


def count_of(written: str) -> int | None:
    """How many are affected: 40 of “about 40 of 310 users”; None where no number is said, or only a share.

    “More than 40”, “at least 40” and “40 to 50” name no number either: the one that is written would be too small.
    """
    match = _COUNT.match(" ".join(written.split()))
    if match is None:
        return None
    said = match["number"].lower()
    return _SPELLED.get(said) or int(re.sub(r"[.,]", "", said))


def percent_of(part: int, whole: int) -> float | None:
    """The share in percent, rounded up to a tenth, below one to a hundredth, so that it never looks smaller than it is;
    at most 100. None where the whole is not known."""
    if whole <= 0 or part < 0:
        return None
    least = min(100 * part, 100 * whole)
    steps = 10 if least >= whole else 100
    return -(-least * steps // whole) / steps


def deadline_of(written: str) -> Deadline:
    """The answer that a deadline in words gives; unknown where its day cannot be told without a calendar."""
    said = " ".join(written.split())
    if said.casefold() in _NONE:
        return Deadline.NONE
    if _SOON.search(said):
        return Deadline.WITHIN_24_HOURS
    if _GO_LIVE.search(said) and _WEEKDAY.search(said):
        return Deadline.GO_LIVE_WITHIN_5_DAYS
    return Deadline.UNKNOWN
