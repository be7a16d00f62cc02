"""CloudWatch Logs: events as the command line gives them, as a subscription delivers them, and rows of Insights.

`{"timestamp": 1767000000000, "message": "…", "logStreamName": "…"}`; Insights names its columns `@timestamp`,
`@message` and `@logStream`, and writes times without a zone, which are in UTC.
"""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader, text
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    if isinstance(message := found.get("@message"), str) and ("@logStream" in found or "@ptr" in found):
        at = text(found.get("@timestamp"))
        return message, at if at.endswith("Z") or not at else at + "Z", {**found, **_named(found, "@log")}
    message = found.get("message")
    known = "logStreamName" in found or "ingestionTime" in found or "eventId" in found or found.keys() <= _DELIVERED
    if isinstance(message, str) and known and isinstance(found.get("timestamp"), int):
        return message, found["timestamp"], _named(found, "logGroupName")
    return None


_DELIVERED = {"id", "timestamp", "message", "extractedFields"}
"""What an event has that a subscription delivers."""


def _named(found: Event, key: str) -> Event:
    """The last part of the group's name is the best name of the service that there is."""
    name = text(found.get(key)).rpartition("/")[2].rpartition(":")[2]
    return {"service": name} if name and "service" not in found else {}


FORMATS.add("cloudwatch", LogFormat("cloudwatch", "CloudWatch Logs export", reader, rank=75, joins=False))
