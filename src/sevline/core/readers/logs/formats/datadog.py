"""Datadog logs: rows of the CSV that the explorer exports, and events as its API lists them.

The API nests an event's fields in `attributes`, and those of the program in `attributes.attributes`.
"""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader, inside, text
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse

_COLUMNS = {"date", "host", "service", "message", "status"}


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    if found.get("type") == "log" and isinstance(found.get("attributes"), dict):
        event = inside(found, "attributes")
        return text(event.get("message")), event.get("timestamp"), event
    columns = {key.lower(): value for key, value in found.items()}
    if "_csv" in found and len(_COLUMNS & columns.keys()) >= 4 and "date" in columns:
        return text(columns.get("message")), columns["date"], columns
    if {"ddsource", "message"} <= columns.keys():
        return text(columns["message"]), columns.get("timestamp", columns.get("date")), columns
    return None


FORMATS.add("datadog", LogFormat("datadog", "Datadog logs export", reader, rank=76, joins=False))
