"""Which format a file has, told from its first records, with what share of them each format could read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, LogFormat
from sevline.core.readers.logs.traces import Joiner

SAMPLE_LINES = 200
"""Lines that are looked at before a format is chosen."""

_ENOUGH = 0.5
_ALSO = 0.05


@dataclass(frozen=True, slots=True)
class Detection:
    """`share`: part of the sampled records that `format` reads. `scores`: the same for every format that reads any.

    `also`: other formats that read what `format` refuses, for a file that mixes them.
    """

    format: str
    share: float
    sampled: int
    scores: tuple[tuple[str, float], ...] = ()
    also: tuple[str, ...] = ()
    chosen_by: str = "detector"


def detect(sample: Sequence[bytes], reference: datetime | None = None) -> Detection:
    """The particular format that reads at least half of the records; plain text where none does."""
    kept = [line for line in sample if line.strip()]
    read = {form.key: _read(form, kept, reference) for form in FORMATS if form.rank}
    records = _records(kept, read)
    if not records:
        return Detection("plain", 1.0 if kept else 0.0, len(kept))
    scores = {key: len(lines & records) / len(records) for key, lines in read.items() if lines & records}
    best = max(scores, key=lambda key: (scores[key] >= _ENOUGH, FORMATS[key].rank, scores[key], key), default="plain")
    listed = tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
    if not scores or scores[best] < _ENOUGH:
        return Detection("plain", 1.0, len(records), listed, _others("plain", read, records))
    return Detection(best, scores[best], len(records), listed, _others(best, read, records))


def _read(form: LogFormat, sample: Sequence[bytes], reference: datetime | None) -> set[int]:
    parse = form.reader(reference)
    return {number for number, line in enumerate(sample) if parse(line) is not None}


def _records(sample: Sequence[bytes], read: dict[str, set[int]]) -> set[int]:
    """Lines that some format reads, and lines that continue no trace."""
    readable = set().union(*read.values()) if read else set()
    joiner, records = Joiner(), set()
    for number, line in enumerate(sample):
        if number in readable or not joiner.goes_on(line):
            joiner.begin(line)
            records.add(number)
    return records


def _others(best: str, read: dict[str, set[int]], records: set[int]) -> tuple[str, ...]:
    left = records - read.get(best, set())
    others = []
    for key in sorted(read, key=lambda key: (-len(read[key] & left), -FORMATS[key].rank, key)):
        if key != best and len(read[key] & left) >= max(1, _ALSO * len(records)):
            others.append(key)
            left -= read[key]
    return tuple(others)
