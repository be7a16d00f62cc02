"""One JSON object a line: the message field is the message, known keys give time, level and service.

Fields may be nested one level (`{"fields": {"message": …}}`) or dotted (`log.level`), as Rust tracing and ECS do. Where
none of the usual places holds a message, objects under any key are looked through.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sevline.core.readers.logs.levels import any_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import anything

MESSAGE = ("message", "msg", "@m", "@mt", "short_message", "event", "body", "text", "textPayload", "log", "MESSAGE")
TIME = ("time", "timestamp", "@timestamp", "ts", "@t", "t", "datetime", "date", "asctime", "eventTime", "timeMillis")
LEVEL = ("level", "severity", "lvl", "levelname", "log.level", "loglevel", "@l", "severityText", "PRIORITY", "priority")
SERVICE = (
    "service",
    "service.name",
    "logger",
    "logger_name",
    "log.logger",
    "name",
    "component",
    "target",
    "app",
    "caller",
)
STACK = ("stack_trace", "stack", "exc_info", "exception", "error.stack_trace")
INSIDE = ("fields", "log", "message", "service", "jsonPayload", "data", "attributes", "record")
_SLOTS = 12
_DEEPEST = 3
_SLOT_BYTES = 200

Views = tuple[Mapping[str, object], ...]
"""The object, then the objects inside it that may hold its fields."""


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def load(line: bytes) -> dict[str, object] | None:
    """The object of one line; None for anything else, however deep it is nested."""
    text = line.strip()
    if text[:1] != b"{" or text[-1:] != b"}":
        return None
    import msgspec

    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def parse(line: bytes) -> Header | None:
    found = load(line)
    return None if found is None else header_of(found)._replace(fields=line)


def header_of(found: Mapping[str, object]) -> Header:
    views = (found, *(within for key in INSIDE if isinstance(within := found.get(key), dict)))
    if not isinstance(pick(views, MESSAGE), str):
        views = (*views, *_deeper(found))
    service = pick(views, SERVICE)
    stamp = next((stamp for key in TIME if (stamp := anything(pick(views, (key,)))) is not None), None)
    return Header(
        message=message_of(views),
        stamp=stamp,
        level=any_level(pick(views, LEVEL)),
        service=service if isinstance(service, str) and service else None,
    )


def _deeper(found: Mapping[str, object], depth: int = 1) -> Iterator[Mapping[str, object]]:
    """Objects under any other key, from the outer to the inner ones, for a record that says nothing at its top."""
    within = [value for value in found.values() if isinstance(value, dict)][:_SLOTS]
    yield from within
    if depth < _DEEPEST:
        for value in within:
            yield from _deeper(value, depth + 1)


def message_of(views: Views) -> bytes:
    """The message field, with the stack that stands beside it; without one, the fields themselves as `key=value`."""
    text = pick(views, MESSAGE)
    if not isinstance(text, str):
        return slots_of(views[0])
    stack = pick(views, STACK)
    joined = f"{text}\n{stack}" if isinstance(stack, str) and stack else text
    return joined.encode("utf-8", "replace")


def slots_of(found: Mapping[str, object]) -> bytes:
    slots = [f"{key}={_plain(value)}" for key, value in list(found.items())[:_SLOTS] if key not in TIME]
    return " ".join(slots).encode("utf-8", "replace")


def pick(views: Views, keys: tuple[str, ...]) -> object:
    """The first of the keys that holds a word or a number, at the top before inside."""
    for key in keys:
        for view in views:
            value = view.get(key)
            if isinstance(value, str | int | float):
                return value
        outer, dot, inner = key.partition(".") if len(views) > 1 else (key, "", "")
        if dot and isinstance(within := views[0].get(outer), dict) and isinstance(within.get(inner), str | int):
            return within[inner]
    return None


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    return str(value)[:_SLOT_BYTES]


FORMATS.add(
    "json_lines",
    LogFormat(
        "json_lines",
        "JSON lines",
        reader,
        rank=50,
        joins=False,
        seen="Rust tracing, and request logs of a content network",
    ),
)
