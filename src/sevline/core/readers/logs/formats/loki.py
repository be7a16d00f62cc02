"""Grafana Loki: `logcli --output=jsonl`, the streams of its API, and lines that Grafana's Explore downloads.

All come as `{"labels": {…}, "line": "…", "timestamp": …}`; the streams of the API are brought to that form before. The
CSV of Grafana's inspector names the same in its columns, the labels as JSON, and the time once more in nanoseconds.
"""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    if "_csv" in found:
        return _row(found)
    labels, line = found.get("labels"), found.get("line")
    if not isinstance(labels, dict) or not isinstance(line, str):
        return None
    return line, found.get("timestamp", found.get("date")), labels


def _row(found: Event) -> tuple[str, object, Event] | None:
    """A row of the inspector's table; None where no column is Loki's own."""
    columns = {key.lower(): value for key, value in found.items()}
    line, labels = columns.get("line", columns.get("body")), columns.get("labels")
    named = labels if isinstance(labels, dict) else {}
    if not isinstance(line, str) or not (named or "tsns" in columns):
        return None
    at = columns.get("time", columns.get("timestamp", columns.get("date", columns.get("tsns"))))
    return line, at, {**columns, **named}


FORMATS.add("loki", LogFormat("loki", "Loki export", reader, rank=76, joins=False))
