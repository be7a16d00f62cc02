"""A log of any kind into records: decode, cut, recognise, parse, join."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice

from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.detect import SAMPLE_LINES, Detection, detect
from sevline.core.readers.logs.lines import LINE_LIMIT, LineFacts, lines
from sevline.core.readers.logs.record import FORMATS, Header, LogRecord, Parse
from sevline.core.readers.logs.traces import Joiner

_JOINED_LINES = 2000


@dataclass(slots=True)
class LogReading:
    """One log while it is read; the counts are final once `records` is exhausted.

    `parsed`: records whose header was read. `blank`, `joined`: lines that opened no record. `joined_cut`: records whose
    continuation was longer than is kept. `year_inferred`: records whose time named no year.
    """

    detection: Detection
    lines: LineFacts
    records: Iterator[LogRecord]
    count: int = 0
    parsed: int = 0
    blank: int = 0
    joined: int = 0
    joined_cut: int = 0
    year_inferred: int = 0
    by_format: Counter[str] = field(default_factory=Counter)


def read_log(
    blocks: Iterable[bytes],
    *,
    format: str | None = None,  # noqa: A002 - the option's own name
    reference: datetime | None = None,
    first_line: int = 1,
) -> LogReading:
    """Records of one log, whatever its bytes hold; raises Refused for an unknown `format`.

    Without `format` the first records decide. `reference` is the latest moment the log can be from: a missing year is
    inferred from it, and without it a time that names no year is not believed.
    """
    facts = LineFacts()
    stream = lines(blocks, facts)
    if format is None:
        sample = list(islice(stream, SAMPLE_LINES))
        found = detect(sample, reference)
        stream = chain(sample, stream)
    elif format in FORMATS:
        found = Detection(format, 0.0, 0, chosen_by="person")
    else:
        known = ", ".join(sorted(FORMATS.keys()))
        raise Refused(f"There is no log format called “{format}”. Known are: {known}.")
    reading = LogReading(found, facts, iter(()))
    reading.records = _records(stream, reading, reference, first_line)
    return reading


def _records(
    stream: Iterator[bytes], reading: LogReading, reference: datetime | None, first_line: int
) -> Iterator[LogRecord]:
    parsers = [(key, FORMATS[key].reader(reference)) for key in (reading.detection.format, *reading.detection.also)]
    if reading.detection.format == "plain":
        parsers.append(parsers.pop(0))
    joins = FORMATS[reading.detection.format].joins
    assembly = _Assembly(reading)
    for line_no, line in enumerate(stream, first_line):
        header = _first_header(line, parsers, reading, joins=joins, assembly=assembly)
        if header is None:
            reading.joined += 1
            assembly.extend(line)
            continue
        if assembly.takes(header):
            continue
        if (done := assembly.open(header, line_no)) is not None:
            yield done
    if (done := assembly.close()) is not None:
        yield done


def _first_header(
    line: bytes, parsers: list[tuple[str, Parse]], reading: LogReading, *, joins: bool, assembly: "_Assembly"
) -> Header | None:
    """None where the line belongs to the record before it."""
    for key, parse in parsers:
        if key == "plain":
            continue
        if (header := parse(line)) is not None:
            reading.parsed += 1
            reading.by_format[key] += 1
            return header
    if not line.strip():
        reading.blank += 1
        reading.joined -= 1
        return None
    if assembly.is_open and (joins or assembly.joiner.goes_on(line)):
        return None
    if reading.detection.format == "plain":
        reading.parsed += 1
    reading.by_format["plain"] += 1
    return Header(line)


class _Assembly:
    """The record that is open, with the lines that were joined to it."""

    def __init__(self, reading: LogReading) -> None:
        self.reading = reading
        self.joiner = Joiner()
        self.is_open = False
        self._header = Header(b"")
        self._line_no = 0
        self._more: list[bytes] = []
        self._size = 0
        self._blank = 0

    def open(self, header: Header, line_no: int) -> LogRecord | None:
        done = self.close()
        self._header, self._line_no, self._size, self.is_open = header, line_no, len(header.message), True
        self.joiner.begin(header.message)
        return done

    def takes(self, header: Header) -> bool:
        """Whether the line goes on with the open record: the next part of a message that a container runtime cut,
        or a line of a trace that it gave a header of its own."""
        if not self.is_open or header.service != self._header.service:
            return False
        if self._header.partial and not self._more:
            message = (self._header.message + header.message)[:LINE_LIMIT]
            self._header = self._header._replace(message=message, partial=header.partial)
        elif header.bare and self.joiner.goes_on(header.message):
            self.extend(header.message)
        else:
            return False
        self.reading.joined += 1
        self.reading.parsed -= 1
        return True

    def extend(self, line: bytes) -> None:
        if not line.strip():
            self._blank += 1
            return
        self._size += len(line) + 1
        if self._size > LINE_LIMIT or len(self._more) >= _JOINED_LINES:
            self.reading.joined_cut += self._size - len(line) - 1 <= LINE_LIMIT
            return
        self._more.append(line)

    def close(self) -> LogRecord | None:
        if not self.is_open:
            return None
        self.is_open = False
        header, stamp = self._header, self._header.stamp
        message = b"\n".join([header.message, *self._more]) if self._more else header.message
        self._more = []
        self.reading.count += 1
        at, zone_known, year_known = stamp or (None, False, True)
        self.reading.year_inferred += not year_known
        return LogRecord(at, zone_known, header.level, header.service, message, self._line_no, year_known, header.shown)
