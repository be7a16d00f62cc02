"""How long something took, whatever unit it is written in: the value says the unit, or the field's name, or both don't.

    153.2ms   1m2.5s   "latency":"0.03s"      the value says it; Go writes several units one behind the other
    duration_ns=153200000   elapsed_us=900    the name says it
    "duration":153200000   "duration":0.153   neither does: all values of the field are looked at together

Where neither says it and the values fit several units, no duration is read and the question is put.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from sevline.core.finding import Evidence
from sevline.core.readers.columns import number, snake
from sevline.core.readers.columnwords import english
from sevline.core.readers.readas import ReadAs

#: Milliseconds of each unit as values write it.
UNITS = {
    "ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1.0, "msec": 1.0, "s": 1e3, "sec": 1e3, "seconds": 1e3,
    "m": 6e4, "h": 3.6e6,
}  # fmt: skip
#: Several only as Go writes them, such as `1h2m3.5s`; one alone is never in minutes or hours.
_COMPOUND = re.compile(r"-?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9}(?:\.\d{1,9})?)s)?")
_ONE = re.compile(r"(-?\d{1,19}(?:[.,]\d{1,20})?)\s?(ns|us|µs|μs|ms|msec|s|sec|seconds)")
#: What the end of a field's name says, with the milliseconds of that unit.
_ENDINGS = (
    (("_ns", "_nsec", "_nano", "_nanos", "nanoseconds", "nanosecs"), 1e-6),
    (("_us", "_usec", "_micro", "_micros", "microseconds", "microsecs"), 1e-3),
    (("ms", "_msec", "millis", "milliseconds"), 1.0),
    (("_s", "_sec", "_secs", "seconds"), 1e3),
)
#: Fields that servers fill with seconds where a point stands in the number, however long the requests took.
_SECONDS = frozenset(
    {"request_time", "upstream_response_time", "target_processing_time", "request_processing_time", "time_total"}
    | {"response_processing_time"}
)
#: Of half the values in milliseconds: from here a request would have taken two minutes, and from there an hour.
_LONG, _HOUR = 120_000, 3_600_000
#: A median of ten seconds is that of a fault, in which a time limit ends requests; none of ten minutes goes with it.
_SLOW, _LIMIT = 10_000, 600_000
#: Fractions: in seconds where half the requests took less than one of them; none takes 300 s beside one of 5 s.
_QUICK, _SURE, _ENDLESS = 5, 1, 300
#: Whole numbers of a thousand and more are milliseconds of a slow service or microseconds of a quick one. No service
#: answers a twentieth of its requests in less than so many milliseconds: a unit that says so is not meant.
_THOUSAND, _QUICKEST = 1_000, 0.1
#: Milliseconds of usual time limits, and by what share a request that one of them ended takes longer.
_FEWEST_ENDED = 3
_LIMITS, _LONGER = tuple(seconds * 1_000 for seconds in (2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 100, 120)), 1.005
#: The field of Elastic's schema is in nanoseconds; what others call so takes far fewer of theirs.
_OF_ELASTIC, _LEAST_OF_ELASTIC = "event_duration", 10_000
_WORDS = {1e-6: "nanoseconds", 1e-3: "microseconds", 1.0: "milliseconds", 1e3: "seconds"}


class Lasted(NamedTuple):
    """What stands in a field, and the field's name; both empty where a request names no duration."""

    text: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class DurationUnit(ReadAs):
    """How the bare numbers of one field were read: `told` completes “were read as …”, `question` stands where none was.

    `usual` is the middle value as it is written.
    """

    artifact: str
    locator: str
    field: str
    usual: str
    told: str = ""
    question: str = ""

    def cite(self) -> Evidence:
        return Evidence(self.artifact, self.locator, f"{self.field}: {self.usual} in the middle")


def is_duration(value: str) -> bool:
    return _by_value(value) is not None or number(value) is not None


def millis(value: str, field: str) -> float | None:
    """Milliseconds where the value or the field's name says the unit, or the value tells it; for single values."""
    return in_millis(value, field, factor_of(field, [value]))


def in_millis(value: str, field: str, factor: float | None) -> float | None:
    """`factor`: milliseconds of the unit in which bare numbers of the field are; None where that cannot be told."""
    if (said := said_millis(value, field)) is not None:
        return said
    amount = number(value)
    return amount * factor if amount is not None and factor is not None else None


def said_millis(value: str, field: str) -> float | None:
    """Milliseconds where the value or else the field's name says its unit."""
    if (said := _by_value(value)) is not None:
        return said
    amount, factor = number(value), _by_name(field)
    return amount * factor if amount is not None and factor is not None else None


def _by_value(value: str) -> float | None:
    text = value.strip().lower()
    if (one := _ONE.fullmatch(text)) is not None:
        amount = number(one[1])
        return amount * UNITS[one[2]] if amount is not None else None
    parts = _COMPOUND.fullmatch(text)
    if parts is None or not (parts[3] and (parts[1] or parts[2])):
        return None
    total = sum(float(part or 0) * UNITS[unit] for part, unit in zip(parts.groups(), "hms", strict=True))
    return -total if text.startswith("-") else total


def _by_name(field: str) -> float | None:
    name = english(snake(field))
    return next((factor for endings, factor in _ENDINGS if name.endswith(endings)), None)


def factor_of(field: str, values: Iterable[str]) -> float | None:
    """Milliseconds of the unit that the bare values of a field are in, all of them together; None where unsure."""
    return _factor(snake(field), [text for text in values if _is_bare(text, field)])


def _is_bare(value: str, field: str) -> bool:
    return said_millis(value, field) is None and number(value) is not None


def _factor(name: str, bare: Sequence[str]) -> float | None:
    amounts = sorted(abs(number(text) or 0.0) for text in bare) or [0.0]
    if name == _OF_ELASTIC and median(amounts) >= _LEAST_OF_ELASTIC:
        return 1e-6
    if any(mark in text for text in bare for mark in ".,"):
        return _of_fractions(name, amounts)
    return _of_whole(amounts)


def _of_fractions(name: str, amounts: Sequence[float]) -> float | None:
    usual, most, quick = median(amounts), amounts[-1], amounts[len(amounts) // 20]
    if _end_at_a_limit(amounts):
        return 1e3
    if name in _SECONDS or usual < _SURE or (usual < _QUICK and most < _ENDLESS and quick < _QUICKEST):
        return 1e3
    return _of_whole(amounts) if most >= _ENDLESS else None


def _of_whole(amounts: Sequence[float]) -> float | None:
    usual, most, quick = median(amounts), amounts[-1], amounts[len(amounts) // 20]
    if usual < _LONG:
        is_quick = usual >= _THOUSAND and quick / 1_000 >= _QUICKEST and not _is_ended(amounts)
        return None if is_quick or (usual >= _SLOW and most > _LIMIT) else 1.0
    # Whole hours as milliseconds: what counts nanoseconds, as programs in Go do, gives such numbers for some of them.
    return 1e-6 if _HOUR <= usual < _HOUR * 1e6 else None


def _is_ended(amounts: Sequence[float]) -> bool:
    """Whether a time limit ended a twentieth of the requests: they all took hardly longer than it, in milliseconds."""
    return any(
        bisect_left(amounts, limit * _LONGER) - bisect_left(amounts, limit) >= max(1, len(amounts) / 20)
        for limit in _LIMITS
    )


def _end_at_a_limit(seconds: Sequence[float]) -> bool:
    """Whether none took longer than a usual time limit, if these are seconds, and a twentieth of them hardly less."""
    most = seconds[-1] * 1_000
    limit = next((one for one in _LIMITS if one <= most < one * _LONGER), None)
    ended = 0 if limit is None else len(seconds) - bisect_left(seconds, limit / 1_000)
    return ended >= max(_FEWEST_ENDED, len(seconds) / 20)


def unit_told(artifact: str, field: str, placed: Iterable[tuple[str, str]]) -> DurationUnit | None:
    """How the bare values of a field, each with its place, are read; None where every value or the name says it."""
    bare = [(place, text) for place, text in placed if _is_bare(text, field)]
    if not bare:
        return None
    factor = _factor(snake(field), [text for _place, text in bare])
    ordered = sorted(bare, key=lambda pair: number(pair[1]) or 0.0)
    place, usual = ordered[len(ordered) // 2]
    amount = abs(number(usual) or 0.0)
    if factor is not None:
        return DurationUnit(
            artifact, place, field, usual, f"{_WORDS[factor]}, half of them up to {_long(amount * factor)}"
        )
    could = " or ".join(f"{_long(amount * each)} in {word}" for each, word in reversed(_WORDS.items()))
    return DurationUnit(artifact, place, field, usual, question=f"half of them are up to {usual}, which is {could}")


def units_told(artifact: str, placed: Iterable[tuple[str, Lasted]]) -> list[DurationUnit]:
    """The same for several fields, in the order in which they come."""
    fields: dict[str, list[tuple[str, str]]] = {}
    for place, lasted in placed:
        if lasted.field:
            fields.setdefault(lasted.field, []).append((place, lasted.text))
    return [unit for field, values in fields.items() if (unit := unit_told(artifact, field, values)) is not None]


def factors(lasted: Iterable[Lasted]) -> Mapping[str, float | None]:
    """Of each field the milliseconds of the unit in which its bare numbers are."""
    fields: dict[str, list[str]] = {}
    for text, field in lasted:
        fields.setdefault(field, []).append(text)
    return {field: factor_of(field, values) for field, values in fields.items()}


def _long(milliseconds: float) -> str:
    for unit, size in (("h", 3.6e6), ("s", 1e3), ("ms", 1.0)):
        if milliseconds >= size:
            return (
                f"{milliseconds / size:,.3g} {unit}"
                if milliseconds < size * 1000
                else f"{milliseconds / size:,.0f} {unit}"
            )
    return f"{milliseconds:.3g} ms"
