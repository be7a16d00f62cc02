"""Partial outage: errors stand under one region, zone or shard, while the others answer."""

import re
from dataclasses import dataclass

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, signature
from sevline.core.readers.statedstatus import stated

_PLACE = re.compile(
    r"(?i)\b(region|availability[_-]?zone|az|zone|shard(?:[_-]?id)?|partition|cell|data[_-]?cent(?:er|re)|dc)"
    r"[\"']?\s?[=:]\s?[\"']?([\w.-]{1,40})"
)
_ERROR = re.compile(
    r"\b(?:ERROR|FATAL|CRITICAL|SEVERE)\b|(?i:\"level\"\s?:\s?\"(?:error|fatal|critical)\"|level=(?:error|fatal|critical))|"
    rf"{stated(r'5[0-9][0-9]')}"
)
LEAST_ERRORS, LEAST_OTHERS, MOSTLY = 5, 10, 0.8


@dataclass(slots=True)
class _Part:
    """Lines that name one region, zone or shard: how many, how many errors among them, the first of each."""

    count: int = 0
    failed: int = 0
    first_failed: int = 0
    first_well: int = 0

    def take(self, number: int, *, bad: bool) -> None:
        self.count += 1
        self.failed += bad
        if bad:
            self.first_failed = self.first_failed or number
        else:
            self.first_well = self.first_well or number


@signature(Mode.PARTIAL_OUTAGE, "region", "zone", "az=", "az:", "shard", "partition", "cell", "data", "dc=", "dc:")
def partial_outage(lines: Lines) -> Sign | None:
    """Errors stand under one region, zone or shard, while the others answer."""
    kinds: dict[str, dict[str, _Part]] = {}
    for number, text in lines:
        bad = _ERROR.search(text) is not None
        for named in _PLACE.finditer(text):
            kinds.setdefault(named[1].lower(), {}).setdefault(named[2], _Part()).take(number, bad=bad)
    return next((sign for kind, parts in kinds.items() if (sign := _outage(kind, parts)) is not None), None)


def _outage(kind: str, parts: dict[str, _Part]) -> Sign | None:
    value, worst = max(parts.items(), key=lambda pair: pair[1].failed)
    others = [part for name, part in parts.items() if name != value]
    total, around = worst.failed + sum(part.failed for part in others), sum(part.count for part in others)
    rate, elsewhere = worst.failed / worst.count, (total - worst.failed) / max(around, 1)
    few = worst.failed < LEAST_ERRORS or around < LEAST_OTHERS
    if few or worst.failed < MOSTLY * total or rate < 5 * max(elsewhere, 0.01):
        return None
    well = next(part.first_well for part in others if part.first_well)
    told = (
        f"{worst.failed} of {total} errors stand under {kind} “{value}”, where {rate:.0%} of the lines are errors; "
        f"under the {len(others)} other{'s' if len(others) > 1 else ''} it is {elsewhere:.0%}."
    )
    places = ((worst.first_failed, f"{kind} {value} fails", "as elsewhere"), (well, "another one answers", ""))
    return Sign(Mode.PARTIAL_OUTAGE, told, places)
