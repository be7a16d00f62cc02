"""A log of any kind into records: decode, cut, recognise, parse, join."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, islice

from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.detect import SAMPLE_LINES, Detection, detect
from sevline.core.readers.logs.lines import LINE_LIMIT, LineFacts
from sevline.core.readers.logs.record import FORMATS, Header, LogRecord, Parse
from sevline.core.readers.logs.traces import TRACEBACK, UNTIMED_CRASH, Joiner, crash_level, is_thrown
from sevline.core.readers.logs.unfold import NumberedLine, unfolded

_JOINED_LINES = 2000
_ONLY_TAGS = re.compile(rb"(?:\[[^\]\n]{0,200}\][ \t]*)*+")
_STRAYS = 40
"""Lines joined to one record after which it is asked whether they are a log of another format."""

_SURELY = 0.9
_MOST_STREAMS = 64
"""Programs whose lines are kept apart in one log; those of any others share what is open."""

_HALF_A_YEAR = timedelta(days=182)
_LOUD = frozenset({"WARN", "ERROR", "FATAL"})
_PANICS = (b"panic: ", b"fatal error: ")
BACK = 2.0
"""Seconds that a record may be older than the one before it without being counted as a step back."""


@dataclass(slots=True)
class LogReading:
    """One log while it is read; the counts are final once `records` is exhausted.

    `parsed`: records whose header was read. `blank`, `joined`: lines that opened no record. `joined_cut`: records whose
    continuation was longer than is kept. `year_inferred`, `zone_unknown`: records whose time named no year, no zone.
    `backwards`: timed records more than two seconds older than the one before; `largest_step_back` in seconds.
    `ahead`: records more than a day later than the log can be from.
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
    untimed: int = 0
    zone_unknown: int = 0
    backwards: int = 0
    largest_step_back: float = 0.0
    ahead: int = 0
    by_format: Counter[str] = field(default_factory=Counter)


def read_log(
    blocks: Iterable[bytes],
    *,
    format: str | None = None,  # noqa: A002 - the option's own name
    reference: datetime | None = None,
    first_line: int = 1,
    zone: tzinfo | None = None,
    keep_lines: bool = False,
) -> LogReading:
    """Records of one log, whatever its bytes hold; raises Refused for an unknown `format`.

    Without `format` the first records decide. `reference` is the latest moment the log can be from: a missing year is
    inferred from it, and without it a time that names no year is not believed. `zone` is where the clock of times that
    name none was set; without it they are read as UTC. `keep_lines`: `shown` of every record is its first line.
    """
    facts = LineFacts()
    stream = unfolded(blocks, facts, first_line=first_line)
    sample = list(islice(stream, SAMPLE_LINES))
    stream = chain(sample, stream)
    if format is None:
        found = detect([line.text for line in sample], reference)
    elif format in FORMATS:
        found = Detection(format, 0.0, 0, chosen_by="person")
    else:
        known = ", ".join(sorted(FORMATS.keys()))
        raise Refused(f"There is no log format called “{format}”. Known are: {known}.")
    reading = LogReading(found, facts, iter(()))
    dated = reference if format else dated_by([line.text for line in sample], found, reference)
    clock = Clock(reading, dated, zone, latest=reference)
    reading.records = records_of(stream, reading, clock, keep_lines=keep_lines)
    return reading


def dated_by(sample: Sequence[bytes], found: Detection, reference: datetime | None) -> datetime | None:
    """The moment from which missing years are inferred: half a year after the first time of the sample that names its
    year, so that a year is the one nearest to that time; `reference` where none does, or where it is earlier."""
    parsers = [FORMATS[key].reader(None) for key in (found.format, *found.also) if key in FORMATS]
    headers = (header for line in sample for parse in parsers if (header := parse(line)) is not None)
    dated = next((one.stamp.at for one in headers if one.stamp is not None and one.stamp.year_known), None)
    if dated is None:
        return reference
    near = datetime.fromtimestamp(dated, UTC) + _HALF_A_YEAR
    return near if reference is None else min(near, reference)


def records_of(
    stream: Iterator[NumberedLine], reading: LogReading, clock: "Clock", *, keep_lines: bool = False
) -> Iterator[LogRecord]:
    """Records out of numbered lines, by the format that `reading` names; its counts go on."""
    first, parse, parsers = _parsers(reading.detection, clock.reference)
    streams = _Streams(reading, clock, joins=FORMATS[reading.detection.format].joins)
    read, strays = 0, _Strays(stream)
    for line_no, line in strays:
        header = parse(line)
        assembly = streams.of(header)
        if header is not None:
            strays.forget()
            if header.about_file:
                continue
            read += 1
        elif (header := _other_header(line, parsers, assembly)) is None:
            assembly.extend(line)
            if strays.are_of_another_format(line_no, line, first, parsers, clock.reference):
                reading.detection = replace(reading.detection, also=tuple(parsers))
                assembly.give_back(strays.replay())
            continue
        else:
            strays.forget()
        if assembly.may_take(header) and assembly.takes(header):
            continue
        if keep_lines:
            header = header._replace(shown=line)
        if (done := assembly.open(header, line_no)) is not None:
            yield done
    yield from streams.close()
    reading.parsed += read
    if read:
        reading.by_format[first] += read


class _Streams:
    """A record may be open in each of the programs whose lines stand between one another, so that a trace of one goes
    on behind what another wrote. A line without a header is of the program that wrote the line before it."""

    def __init__(self, reading: LogReading, clock: "Clock", *, joins: bool) -> None:
        self._reading, self._clock, self._joins = reading, clock, joins
        self._last = _Assembly(reading, clock, joins=joins)
        self._open = {"": self._last}

    def of(self, header: Header | None) -> "_Assembly":
        if header is not None and header.stream != self._last.stream:
            name = header.stream if header.stream in self._open or len(self._open) < _MOST_STREAMS else ""
            if name not in self._open:
                self._open[name] = _Assembly(self._reading, self._clock, joins=self._joins, stream=name)
            self._last = self._open[name]
        return self._last

    def close(self) -> Iterator[LogRecord]:
        done = [record for one in self._open.values() if (record := one.close()) is not None]
        yield from sorted(done, key=lambda record: record.line_no)


class _Strays:
    """The lines of a log; those that were joined to a record may turn out to be records of another format, as where one
    log was put behind another, and are then read again."""

    def __init__(self, stream: Iterator[NumberedLine]) -> None:
        self._stream, self._count = stream, 0
        self._last: deque[NumberedLine] = deque(maxlen=_STRAYS)

    def __iter__(self) -> Iterator[NumberedLine]:
        return self

    def __next__(self) -> NumberedLine:
        return next(self._stream)

    def forget(self) -> None:
        if self._count:
            self._count = 0
            self._last.clear()

    def are_of_another_format(
        self, line_no: int, line: bytes, first: str, parsers: dict[str, Parse], reference: datetime | None
    ) -> bool:
        """Asked after so many joined lines, then after twice as many; the format that reads them joins `parsers`."""
        if not line.strip():
            return False
        self._last.append(NumberedLine(line_no, line))
        self._count += 1
        if self._count % _STRAYS or (self._count // _STRAYS).bit_count() > 1:
            return False
        found = detect([stray.text for stray in self._last], reference)
        if found.share < _SURELY or found.format in {"plain", first, *parsers}:
            return False
        parsers[found.format] = FORMATS[found.format].reader(reference)
        return True

    def replay(self) -> list[NumberedLine]:
        """Reads the last of them again; gives them."""
        given = list(self._last)
        self._stream = chain(given, self._stream)
        self.forget()
        return given


def _parsers(found: Detection, reference: datetime | None) -> tuple[str, Parse, dict[str, Parse]]:
    """The format that is asked first, its parser, and those that are asked where it refuses; plain text reads all."""
    keys = (found.format, *found.also)
    first, *others = keys if keys[0] != "plain" else (*keys[1:], "plain")
    return first, FORMATS[first].reader(reference), {key: FORMATS[key].reader(reference) for key in others}


def _other_header(line: bytes, parsers: Mapping[str, Parse], assembly: "_Assembly") -> Header | None:
    """For a line that the chosen format refuses; None where it belongs to the record before it."""
    reading = assembly.reading
    for key, parse in parsers.items():
        if (header := parse(line)) is not None:
            reading.parsed += 1
            reading.by_format[key] += 1
            return header
    if not line.strip():
        reading.blank += 1
        return None
    if (crash := assembly.crash(line)) is not None:
        reading.parsed += 1
        reading.by_format[reading.detection.format] += 1
        return crash
    if assembly.is_open and (assembly.joins or assembly.joiner.goes_on(line)):
        reading.joined += 1
        return None
    reading.parsed += reading.detection.format == "plain"
    reading.by_format["plain"] += 1
    return Header(line)


class _Assembly:
    """The record that is open, with the lines that were joined to it."""

    def __init__(self, reading: LogReading, clock: "Clock", *, joins: bool, stream: str = "") -> None:
        self.reading, self.clock, self.stream = reading, clock, stream
        self.joins = joins
        self.joiner = Joiner()
        self.is_open = False
        self._header = Header(b"")
        self._line_no = 0
        self._more: list[bytes] = []
        self._size = 0
        self._full = False
        self._at: float | None = None

    def open(self, header: Header, line_no: int) -> LogRecord | None:
        done = self.close()
        self._header, self._line_no, self._size, self.is_open = header, line_no, len(header.message), True
        self._full = False
        self.joiner.begin(header.message)
        at, zone_known, _ = header.stamp or (None, False, True)
        self._at = None if at is None else self.clock.note(at, zone_known=zone_known)
        return done

    def may_take(self, header: Header) -> bool:
        return header.bare or self._header.partial

    def takes(self, header: Header) -> bool:
        """Whether the line goes on with the open record: the next part of a message that a container runtime cut,
        or a line of a trace that it gave a header of its own. A line of a trace names no logger."""
        same = header.service == self._header.service or header.service is None
        same |= bool(header.stream) and header.stream == self._header.stream
        if not self.is_open or not same:
            return False
        if self._header.partial and not self._more:
            message = (self._header.message + header.message)[:LINE_LIMIT]
            level = self._header.level or header.level
            self._header = self._header._replace(message=message, level=level, partial=header.partial)
        elif header.bare and (self.joiner.goes_on(header.message) or self._throws(header.message)):
            self.extend(header.message)
        else:
            return False
        self.reading.joined += 1
        self.reading.parsed -= 1
        return True

    def _throws(self, message: bytes) -> bool:
        """Whether a line in the header of a container runtime names what the record that is open, a loud one, tells."""
        opens = self._header.level in _LOUD and not self._header.bare and not self._more
        return opens and (is_thrown(message) or (bool(self.stream) and message.startswith(TRACEBACK)))

    def crash(self, line: bytes) -> Header | None:
        """A record of its own for what a runtime wrote between the records of a log, at the time of the open one; None
        for any other line."""
        level = crash_level(line)
        if level is None and self._header.level == "INFO" and not self._more and line.startswith(TRACEBACK):
            level = "ERROR"
        opened = self._header.message
        if level is None or (self.is_open and line.startswith(_PANICS) and opened.startswith(_PANICS)):
            return None
        if self.is_open and UNTIMED_CRASH not in self.reading.lines.notes:
            self.reading.lines.notes.append(UNTIMED_CRASH)
        return Header(line, self._header.stamp if self.is_open else None, level)

    def extend(self, line: bytes) -> None:
        if not line.strip():
            return
        opened = self._header.message
        if not self._more and _ONLY_TAGS.fullmatch(opened) and line.startswith(opened.rstrip()):
            # What Rails says of a failed request begins on the line below, behind the same tags.
            self._header = self._header._replace(message=line)
            return
        self._size += len(line) + 1
        if self._size > LINE_LIMIT or len(self._more) >= _JOINED_LINES:
            self.reading.joined_cut += not self._full
            self._full = True
            return
        self._more.append(line)

    def give_back(self, lines: Sequence[NumberedLine]) -> None:
        """The last lines that were joined are none of the open record's."""
        for line in reversed(lines):
            if self._more and self._more[-1] is line.text:
                self._size -= len(self._more.pop()) + 1
        self.reading.joined -= len(lines)

    def close(self) -> LogRecord | None:
        if not self.is_open:
            return None
        self.is_open = False
        message, stamp, level, service, _, _, shown, _, fields, _ = self._header
        if self._more:
            message = b"\n".join([message, *self._more])
            self._more = []
        reading = self.reading
        reading.count += 1
        at, zone_known, year_known = stamp or (None, False, True)
        reading.untimed += at is None
        reading.zone_unknown += not (zone_known or at is None)
        reading.year_inferred += not year_known
        return LogRecord(self._at, zone_known, level, service, message, self._line_no, year_known, shown, fields)


class Clock:
    """Puts times without a zone where they belong, and notes what cannot be right about the times of a log."""

    def __init__(
        self, reading: LogReading, reference: datetime | None, zone: tzinfo | None, *, latest: datetime | None = None
    ) -> None:
        """`reference`: the moment from which missing years are inferred; `latest`: the one that no time is beyond."""
        self.reading, self.reference, self.zone = reading, reference, zone
        bound = latest or reference
        self._latest = bound.timestamp() + 86_400 if bound else float("inf")
        self._before = float("-inf")

    def note(self, at: float, *, zone_known: bool) -> float:
        if self.zone is not None and not zone_known:
            at = datetime.fromtimestamp(at, UTC).replace(tzinfo=self.zone).timestamp()
        back = self._before - at
        if back > BACK:
            self.reading.backwards += 1
            self.reading.largest_step_back = max(self.reading.largest_step_back, back)
        self.reading.ahead += at > self._latest
        self._before = at
        return at
