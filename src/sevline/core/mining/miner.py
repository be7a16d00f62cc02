"""From the bytes of a log to its summary: in bulk where a layout frames the format, record by record elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from sevline.core.mining.jit import compiled
from sevline.core.mining.state import JSON_NOTE, SHAPE_CAP, LogState, SourceFacts
from sevline.core.readers.logs.detect import SAMPLE_LINES, Detection, detect
from sevline.core.readers.logs.lines import LineFacts, proved
from sevline.core.readers.logs.reading import LogReading, dated_by, read_log
from sevline.core.readers.logs.record import FORMATS, LogRecord
from sevline.core.readers.logs.unfold import unfolded

if TYPE_CHECKING:
    from sevline.core.mining.layouts import Layout

    _Chosen = tuple[Layout, Detection, datetime | None]

BATCH = 2000
_HEAD_BYTES = 16 * 1024 * 1024
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")

Watch = Callable[[Sequence[int], list[bytes]], None]
"""Is handed the line numbers of records and the shape of each."""


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
    cap: int = SHAPE_CAP,
    in_bulk: bool | None = None,
) -> LogState:
    """Reads one log of any kind to the end; never raises on what the bytes hold, Refused for an unknown `format`.

    `blocks`: decompressed bytes, cut anywhere. `reference`: the latest moment the log can be from, used where times
    name no year. Records outside [since, until) are left out, and so are records without a time where either is given.
    `watch` is handed what was found, in no certain order. `in_bulk`: None lets the miner choose; the answer is the
    same.

    A log that is split over workers is given the `format` that `detect` found in its head, and each part its
    `first_line`; the parts are cut where a record begins.
    """
    state = LogState(cap=cap)
    window = (
        since.timestamp() if since else float("-inf"),
        until.timestamp() if until else float("inf"),
    ) if since or until else None  # fmt: skip
    taken = _Taken(state, source, window, watch)
    stream = iter(blocks)
    head = _head(stream)
    chosen = _chosen(head, format, reference) if in_bulk or (in_bulk is None and compiled()) else None
    if chosen is None:
        reading = read_log(chain(head, stream), format=format, reference=reference, first_line=first_line)
        taken.records(reading.records)
    else:
        from sevline.core.mining.bulk import Bulk
        from sevline.core.mining.collector import Collector
        from sevline.core.mining.layouts import FIELDED_LINES, WRAPPED

        layout, detection, dated = chosen
        reading = LogReading(detection, LineFacts(), iter(()))
        collector = Collector(source, cap, fielded=layout in FIELDED_LINES, wrapped=layout in WRAPPED)
        bulk = Bulk(
            layout, reading, collector, reference=dated, latest=reference, slow=taken.records, window=window,
            found=watch, first_line=first_line,
        )  # fmt: skip
        bulk.read(proved(_counted(chain(head, stream), reading.lines), reading.lines))
        stats = collector.stats()
        state.add_stats(stats, collector.level)
    state.sources[source] = _facts(reading)
    return state


class _Taken:
    """Records of the readers into the state."""

    def __init__(self, state: LogState, source: str, window: tuple[float, float] | None, watch: Watch | None) -> None:
        self.state, self.source, self.window, self.watch = state, source, window, watch

    def records(self, records: Iterable[LogRecord]) -> None:
        stream = iter(records)
        while batch := list(islice(stream, BATCH)):
            kept = batch if self.window is None else list(_within(batch, *self.window))
            if kept:
                shapes = self.state.add_batch(kept, source=self.source)
                if self.watch is not None:
                    self.watch([record.line_no for record in kept], shapes)


def _within(batch: list[LogRecord], begin: float, end: float) -> Iterator[LogRecord]:
    return (record for record in batch if record.at is not None and begin <= record.at < end)


def _head(stream: Iterator[bytes]) -> list[bytes]:
    """Blocks enough to choose a format by."""
    head: list[bytes] = []
    found = size = 0
    for block in stream:
        head.append(block)
        found += block.count(b"\n")
        size += len(block)
        if found >= SAMPLE_LINES or size > _HEAD_BYTES:
            break
    return head


def _chosen(head: list[bytes], format_key: str | None, reference: datetime | None) -> "_Chosen | None":
    """Layout, what was detected, and the moment from which years are inferred; None where no layout frames the log."""
    start = b"".join(head[:4])[:4]
    if start.startswith(_MARKS) or (format_key is not None and format_key not in FORMATS):
        return None
    facts = LineFacts()
    sample = [line.text for line in islice(unfolded(head, facts), SAMPLE_LINES)]
    if facts.folded or facts.returns or facts.encoding != "utf-8":
        return None
    if format_key is not None:
        return _framed_by(Detection(format_key, 0.0, 0, chosen_by="person"), sample, reference)
    detection = detect(sample, reference)
    return _framed_by(detection, sample, dated_by(sample, detection, reference))


def _framed_by(detection: Detection, sample: list[bytes], dated: datetime | None) -> "_Chosen | None":
    from sevline.core.mining.agreeing import agrees
    from sevline.core.mining.layouts import Layout, layout_of

    layout = layout_of(detection.format)
    if layout is None or (layout is Layout.PLAIN and detection.also) or not agrees(layout, sample, dated):
        return None
    return layout, detection, dated


def _counted(blocks: Iterable[bytes], facts: LineFacts) -> Iterator[bytes]:
    for block in blocks:
        facts.bytes += len(block)
        yield block


def _facts(reading: LogReading) -> SourceFacts:
    seen = SourceFacts()
    seen.untimed, seen.zone_unknown = reading.untimed, reading.zone_unknown
    seen.bytes, seen.lines = reading.lines.bytes, reading.lines.lines
    seen.cut, seen.nul, seen.undecoded = reading.lines.cut, reading.lines.nul, reading.lines.undecoded
    seen.records, seen.parsed, seen.joined = reading.count, reading.parsed, reading.joined
    seen.joined_cut, seen.year_inferred = reading.joined_cut, reading.year_inferred
    seen.backwards = reading.backwards
    seen.formats = dict(sorted(reading.by_format.items()))
    seen.notes = frozenset(_notes(reading))
    return seen


def _notes(reading: LogReading) -> Iterator[str]:
    """What a reader of the figures should know about the text, in sentences."""
    lines = reading.lines
    yield from lines.notes
    if lines.encoding != "utf-8":
        how = " without a mark; its zero bytes tell" if lines.guessed else ""
        yield f"The text is {lines.encoding.upper()}{how}."
    if lines.returns:
        yield "The lines end with CR alone."
    if lines.folded == "json":
        yield JSON_NOTE
    elif lines.folded:
        yield f"The lines were taken out of {lines.folded.upper()}."
