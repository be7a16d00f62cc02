"""What the miner finds in one file, as the parser process gives it."""

import re
from collections.abc import Mapping

from sevline.bench.examination import Pattern
from sevline.core.mining import LogPattern

_LOG_NAME = re.compile(r"\.(?:log|out|err)(?:\.\d{1,4})?$", re.IGNORECASE)
_EXAMPLE_SIGNS = 500


def is_named_log(name: str) -> bool:
    """What a program wrote without times or levels, such as the log of a container, is told by its name alone."""
    return _LOG_NAME.search(name) is not None


def as_kept(found: LogPattern, artifact: str, shares: Mapping[str, Mapping[str, int]]) -> Pattern:
    """`shares`: tenant, region, version, host -> value -> records of the pattern."""
    return Pattern(
        artifact=artifact,
        id=found.id,
        template=found.text,
        count=found.count,
        first=found.first.isoformat() if found.first else "",
        last=found.last.isoformat() if found.last else "",
        levels=found.levels,
        histogram=sorted(found.histogram.items()),
        examples=[(line, text[:_EXAMPLE_SIGNS]) for line, text in found.examples],
        services=sorted(found.services),
        step=found.histogram_step,
        records_of=dict(found.services),
        shares={dimension: dict(values) for dimension, values in shares.items()},
    )
