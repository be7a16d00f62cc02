"""Where things go in a picture: round ticks, whole-minute time ticks, and rows for labels that would overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

MINUTE_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200)
GLYPH = 6.3  # mean advance of the 11 px label face, in user units


def nice_ticks(highest: float, *, wanted: int = 4) -> list[float]:
    """Round values from 0 to at least `highest`, about `wanted` steps of 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    count = math.ceil(highest / step - 1e-9)
    return [round(step * index, 10) for index in range(count + 1)]


def time_ticks(first: datetime, last: datetime, *, most: int = 9) -> list[datetime]:
    """Instants on whole steps of the UTC clock inside [first, last], at most `most` of them."""
    minutes = max((last - first).total_seconds() / 60, 1)
    step = next((size for size in MINUTE_STEPS if minutes / size <= most - 1), MINUTE_STEPS[-1]) * 60
    start = math.ceil(first.timestamp() / step) * step
    moments = (datetime.fromtimestamp(start + step * index, UTC) for index in range(most))
    return [moment for moment in moments if moment <= last]


def tick_words(moment: datetime, span: timedelta) -> str:
    """Time of day below two days, the date above."""
    return f"{moment:%H:%M}" if span <= timedelta(days=2) else f"{moment.day} {moment:%b}"


def label_rows(places: Sequence[tuple[float, str]], *, gap: float = 10.0) -> list[int]:
    """For labels starting at x, in x order: the lowest row in which each does not touch the one before it."""
    ends: list[float] = []
    rows: list[int] = []
    for x, text in places:
        row = next((index for index, end in enumerate(ends) if end + gap <= x), len(ends))
        end = x + GLYPH * len(text)
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = end
        rows.append(row)
    return rows


def figure_words(value: float) -> str:
    """A count or an amount as it stands on an axis: no needless decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
