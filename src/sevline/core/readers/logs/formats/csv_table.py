"""A CSV table whose columns name a time and a message, from any tool; each row comes as an object of its columns."""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse

_TIME = (
    "timestamp",
    "@timestamp",
    "_time",
    "time",
    "datetime",
    "date",
    "ts",
    "eventtime",
    "zeit",
    "zeitstempel",
    "horodatage",
    "fecha",
)
_TEXT = (
    "message",
    "@message",
    "msg",
    "_raw",
    "raw",
    "log",
    "line",
    "text",
    "body",
    "content",
    "event",
    "title",
    "meldung",
    "nachricht",
    "mensaje",
)


def reader(reference: datetime | None) -> Parse:
    parse_event = event_reader(reference, told)

    def parse(line: bytes) -> Header | None:
        return parse_event(line) if line.startswith(b'{"_csv":1') else None

    return parse


def told(found: Event) -> tuple[str, object, Event] | None:
    columns = {key.lower(): value for key, value in found.items()}
    message = next((str(columns[key]) for key in _TEXT if key in columns), "")
    at = next((columns[key] for key in _TIME if key in columns), None)
    return message, at, columns


FORMATS.add("csv", LogFormat("csv", "CSV table", reader, rank=60, joins=False))
