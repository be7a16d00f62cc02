"""Splunk searches: a JSON line a result (`{"preview": false, "result": {…}}`), results of its API, and rows of its CSV.

An event is known by `_raw`, the line as the program wrote it, beside `_time`.
"""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader, inside, text
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    event = inside(found, "result") or found
    if not isinstance(raw := event.get("_raw"), str) or "_time" not in event:
        return None
    return raw, event["_time"], {"service": text(event.get("sourcetype")), **event}


FORMATS.add("splunk", LogFormat("splunk", "Splunk export", reader, rank=76, joins=False))
