"""Grafana Loki: `logcli --output=jsonl`, the streams of its API, and lines that Grafana's Explore downloads.

All come as `{"labels": {…}, "line": "…", "timestamp": …}`; the streams of the API are brought to that form before.
"""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    labels, line = found.get("labels"), found.get("line")
    if not isinstance(labels, dict) or not isinstance(line, str):
        return None
    return line, found.get("timestamp", found.get("date")), labels


FORMATS.add("loki", LogFormat("loki", "Loki export", reader, rank=76, joins=False))
