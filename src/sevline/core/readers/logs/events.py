"""Records with the fields that they name, in one form whatever tool they come from, and a link back into the tool."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import chain, islice
from urllib.parse import quote

from sevline.core.readers.logs.detect import SAMPLE_LINES, detect
from sevline.core.readers.logs.fields import Field, fields_of
from sevline.core.readers.logs.formats.json_lines import load
from sevline.core.readers.logs.lines import LineFacts
from sevline.core.readers.logs.reading import Clock, LogReading, dated_by, read_log, records_of
from sevline.core.readers.logs.unfold import unfolded

_LINKS = {
    "datadog": "/logs?event={id}",
    "sentry": "/issues/?query={id}",
    "cloudwatch": "#logsV2:logs-insights?queryDetail=~(ptr~'{id})",
    "splunk": "/app/search/search?q=search%20_cd%3D{id}",
    "elastic": "/app/discover#/doc/{index}/{index}?id={id}",
}
"""Where a tool shows one event, below the address of the customer's own installation."""

_ID = {"datadog": "id", "sentry": "eventID", "cloudwatch": "@ptr", "splunk": "_cd", "elastic": "_id"}


@dataclass(frozen=True, slots=True)
class LogEvent:
    """`at` in UTC. `fields`: what the record names. `link`: the tool's own address of the event, or the path below the
    tool's address where the export names none; empty where the tool gives its events no id."""

    at: datetime | None
    zone_known: bool
    level: str | None
    service: str | None
    message: str
    line_no: int
    fields: Mapping[Field, str] = field(default_factory=dict)
    link: str = ""
    source: str = ""

    def normalised(self) -> tuple[object, ...]:
        """Everything but where it came from: the same event exported by two tools has the same."""
        own = {key: self.fields[key] for key in sorted(self.fields) if key not in {Field.LINK, Field.EVENT}}
        return self.at, self.level, self.service, self.message, tuple(own.items())


def read_events(
    blocks: Iterable[bytes],
    *,
    source: str = "",
    format: str | None = None,  # noqa: A002 - the option's own name
    reference: datetime | None = None,
    zone: tzinfo | None = None,
) -> tuple[LogReading, Iterator[LogEvent]]:
    """The records of one log with their fields; raises Refused for an unknown `format`."""
    reading = read_log(blocks, format=format, reference=reference, zone=zone, keep_lines=True)
    return reading, _events(reading, source)


def events_naming(
    blocks: Iterable[bytes], wanted: str, *, source: str = "", reference: datetime | None = None
) -> Iterator[LogEvent]:
    """Records of one log whose line holds a text: other lines are not read, but for the head, which tells the format.

    Lines that follow such a line without naming it, as those of a stack trace, are left out.
    """
    facts = LineFacts()
    stream = unfolded(blocks, facts)
    head = list(islice(stream, SAMPLE_LINES))
    sample = [line.text for line in head]
    reading = LogReading(detect(sample, reference), facts, iter(()))
    dated = dated_by(sample, reading.detection, reference)
    text = wanted.encode("utf-8", "replace")
    heading = b"#" if reading.detection.format == "w3c" else b"\0"  # which lines of the format name the others' columns
    held = (line for line in chain(head, stream) if text in line.text or line.text.startswith(heading))
    reading.records = records_of(held, reading, Clock(reading, dated, None, latest=reference), keep_lines=True)
    yield from _events(reading, source)


def _events(reading: LogReading, source: str) -> Iterator[LogEvent]:
    tool = reading.detection.format
    for record in reading.records:
        fields = fields_of(record.shown)
        yield LogEvent(
            at=None if record.at is None else datetime.fromtimestamp(record.at, UTC),
            zone_known=record.zone_known,
            level=record.level,
            service=record.service,
            message=record.message.decode("utf-8", "replace"),
            line_no=record.line_no,
            fields=fields,
            link=fields.get(Field.LINK, "") or _link(tool, record.shown),
            source=source or tool,
        )


def _link(tool: str, line: bytes) -> str:
    key = _ID.get(tool)
    found = load(line) if key else None
    if key is None or found is None:
        return ""
    inner = found.get("result")
    event = inner if isinstance(inner, dict) else found
    value = event.get(key)
    if not isinstance(value, str) or not value:
        return ""
    return _LINKS[tool].format(id=quote(value, safe=""), index=quote(str(event.get("_index", "")), safe=""))
