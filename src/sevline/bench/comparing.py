"""What files show only side by side: two extracts of the same rows become a comparison, stored beside them."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from sevline.bench.apart import UNEXPECTED, apart
from sevline.bench.examination import TOGETHER
from sevline.bench.extracts import tables_in, without_sides
from sevline.core.finding import Given
from sevline.core.readers.latencies import once_a_file
from sevline.core.readers.taking import PairNote
from sevline.core.redaction import Redactor
from sevline.core.sync.compare import compared
from sevline.core.sync.pairing import Pair, paired


class Whole(Protocol):
    """What was read of all files (`bench.reading`)."""

    evidence: list[Given]
    not_looked_at: list[str]
    redactor: Redactor
    prefix: str
    at: datetime | None
    arrived: datetime | None

    def begin(self, prefix: str, at: datetime | None, arrived: datetime | None = None) -> None: ...


def compare_all(reading: Whole, keep: Callable[[Pair, bytes], None]) -> None:
    """`keep` takes a pair and its comparison in JSON. One that meets an error costs none of the others."""
    reading.evidence = once_a_file(reading.evidence)
    pairs = paired(tables_in(reading.evidence))
    reading.evidence += [PairNote(pair.source.artifact, pair.question) for pair in pairs if pair.question]
    if reading.prefix and any(not pair.question for pair in pairs):
        reading.begin(TOGETHER, reading.at, reading.arrived)
    for pair in pairs:
        if not pair.question:
            with apart(partial(_not_compared, reading, pair)):
                _compare(reading, pair, keep)


def _compare(reading: Whole, pair: Pair, keep: Callable[[Pair, bytes], None]) -> None:
    document = compared(pair.source, pair.target, reading.redactor.pseudonym)
    document |= {"sides": pair.told} if pair.told else {}
    reading.evidence = without_sides(reading.evidence, {pair.source.artifact, pair.target.artifact})
    keep(pair, json.dumps(document, ensure_ascii=False, indent=1).encode())


def _not_compared(reading: Whole, pair: Pair) -> None:
    reading.not_looked_at.append(f"{pair.source.name} and {pair.target.name} were not compared. {UNEXPECTED}")
