"""From the bytes of a log to its summary."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from sevline.core.mining.state import LogState, SourceFacts
from sevline.core.readers.logs.reading import LogReading, read_log
from sevline.core.readers.logs.record import LogRecord

BATCH = 2000

Watch = Callable[[list[LogRecord], list[bytes]], None]


def mine(
    blocks: Iterable[bytes],
    *,
    source: str = "",
    format: str | None = None,  # noqa: A002 - the option's own name
    reference: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    first_line: int = 1,
    watch: Watch | None = None,
) -> LogState:
    """Reads one log of any kind to the end; never raises on what the bytes hold, Refused for an unknown `format`.

    `blocks`: decompressed and redacted bytes, cut anywhere. `reference`: the latest moment the log can be from, used
    where times name no year. Records outside [since, until) are left out, and so are records without a time where
    either is given. `watch` is handed each batch of records with their shapes.

    A log that is split over workers is given the `format` that `detect` found in its head, and each part its
    `first_line`; the parts are cut where a record begins.
    """
    reading = read_log(blocks, format=format, reference=reference, first_line=first_line)
    state = LogState()
    stream = iter(reading.records)
    while batch := list(islice(stream, BATCH)):
        kept = batch if since is None and until is None else list(_within(batch, since, until))
        if kept:
            shapes = state.add_batch(kept, source=source)
            if watch is not None:
                watch(kept, shapes)
    state.sources[source] = _facts(reading)
    return state


def _within(batch: list[LogRecord], since: datetime | None, until: datetime | None) -> Iterator[LogRecord]:
    begin = since.timestamp() if since else float("-inf")
    end = until.timestamp() if until else float("inf")
    return (record for record in batch if record.at is not None and begin <= record.at < end)


def _facts(reading: LogReading) -> SourceFacts:
    seen = SourceFacts()
    seen.untimed, seen.zone_unknown = reading.untimed, reading.zone_unknown
    seen.bytes, seen.lines = reading.lines.bytes, reading.lines.lines
    seen.cut, seen.nul = reading.lines.cut, reading.lines.nul
    seen.records, seen.parsed, seen.joined = reading.count, reading.parsed, reading.joined
    seen.joined_cut, seen.year_inferred = reading.joined_cut, reading.year_inferred
    seen.formats = dict(sorted(reading.by_format.items()))
    if reading.lines.encoding != "utf-8":
        seen.notes = frozenset({f"The text is {reading.lines.encoding.upper()} and was read as such."})
    return seen
