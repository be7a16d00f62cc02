"""Times on SQLite, which keeps them as texts of any writing: compared as moments, not letter by letter.

As texts, `2026-03-02T04:00:00Z` lies behind `2026-03-02 05:00:00+00:00`, because “T” comes after a blank: a window
would miss rows without a word. A column whose listed type is a time is therefore read with a collation of its own.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache

COLLATION = "sevline_time"  # the one that the executor adds to SQLite
TYPES = frozenset({"time", "timestamp", "timestamptz", "datetime"})  # of a column in the file of data sources

_BEGUN = re.compile(r"(\d{4})(-\d{2})?")


def compared(first: str, second: str) -> int:
    """-1, 0 or 1 as `first` is earlier than, as late as, or later than `second`; what is no time stands last."""
    one, other = _place(first), _place(second)
    return (one > other) - (one < other)


@lru_cache(maxsize=4096)
def _place(text: str) -> tuple[int, float, str]:
    """Where a text stands in the order: moments by seconds since 1970, then the texts that name none."""
    bare = text.strip()
    if begun := _BEGUN.fullmatch(bare):  # a year or a month, which begins on its first day
        bare = f"{begun[1]}{begun[2] or '-01'}-01"
    try:
        moment = datetime.fromisoformat(bare)
        zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return (0, zoned.timestamp(), "")
    except (ValueError, OverflowError):
        return (1, 0.0, text)
