"""Sentry events as its API and its issue page give them: title, culprit, level, tags as `[{"key": …, "value": …}]`."""

from datetime import datetime

from sevline.core.readers.logs.exports import Event, event_reader, inside, text
from sevline.core.readers.logs.record import FORMATS, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    return event_reader(reference, told)


def told(found: Event) -> tuple[str, object, Event] | None:
    known = ("eventID" in found or "event_id" in found) and ("title" in found or "culprit" in found)
    if not known:
        return None
    fields = tags(found)
    message = text(found.get("message")) or text(inside(found, "logentry").get("formatted"))
    at = found.get("dateCreated", found.get("datetime", found.get("timestamp")))
    level = found.get("level") or fields.get("level", "")
    return message or text(found.get("title")), at, {**fields, "level": level}


def tags(found: Event) -> dict[str, object]:
    listed = found.get("tags")
    if isinstance(listed, dict):
        return dict(listed)
    pairs = listed if isinstance(listed, list) else ()
    named = {str(tag["key"]): tag.get("value") for tag in pairs if isinstance(tag, dict) and "key" in tag}
    named |= {str(tag[0]): tag[1] for tag in pairs if isinstance(tag, list) and len(tag) == 2}
    return named


FORMATS.add("sentry", LogFormat("sentry", "Sentry events", reader, rank=76, joins=False))
