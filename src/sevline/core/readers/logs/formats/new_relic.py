"""New Relic logs: events of an NRQL answer or of a live export, known by `newrelic.source`, `entity.guid` or `guid`."""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader, text
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse

_KNOWN_BY = ("newrelic.source", "entity.guid", "entity.guids", "newrelic.logPattern", "messageId")


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    if not isinstance(message := found.get("message"), str) or not any(key in found for key in _KNOWN_BY):
        return None
    service = text(found.get("service.name")) or text(found.get("entity.name"))
    return message, found.get("timestamp"), {**found, "service": service or found.get("service", "")}


FORMATS.add("new_relic", LogFormat("new_relic", "New Relic logs", reader, rank=75, joins=False))
