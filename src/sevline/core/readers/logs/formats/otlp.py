"""OpenTelemetry logs in JSON, as the collector's file exporter and the OTLP protocol write them.

Each record comes with its resource; the service is the resource's `service.name`, or else the scope.
"""

from collections.abc import Mapping
from datetime import datetime

from sevline.core.readers.logs.exports import inside, text
from sevline.core.readers.logs.formats.json_lines import load
from sevline.core.readers.logs.inner import inner
from sevline.core.readers.logs.levels import LEVELS, any_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import anything

_KINDS = ("stringValue", "intValue", "doubleValue", "boolValue", "string_value", "int_value")


def reader(reference: datetime | None) -> Parse:
    within = inner(reference)

    def parse(line: bytes) -> Header | None:
        found = load(line) if line.startswith(b'{"otlp"') else None
        if found is None:
            return None
        record = inside(found, "otlp")
        own = attributes(inside(found, "resource").get("attributes"))
        service = own.get("service.name") or text(inside(found, "scope").get("name"))
        stamp = anything(record.get("timeUnixNano")) or anything(record.get("observedTimeUnixNano"))
        head = within(_body(record), stamp, service=service or None)
        return head._replace(level=_level(record) or head.level, bare=False)

    return parse


def _level(record: Mapping[str, object]) -> str | None:
    """Severity numbers come in six groups of four: TRACE from 1, DEBUG from 5, to FATAL from 21."""
    number = record.get("severityNumber", record.get("severity_number"))
    if isinstance(number, int) and 1 <= number <= 24:
        return LEVELS[(number - 1) // 4]
    return any_level(record.get("severityText"))


def _body(record: Mapping[str, object]) -> bytes:
    body = value_of(record.get("body"))
    if body:
        return body.encode("utf-8", "replace")
    pairs = attributes(record.get("attributes"))
    return " ".join(f"{key}={value}" for key, value in list(pairs.items())[:12]).encode("utf-8", "replace")


def attributes(listed: object) -> dict[str, str]:
    pairs = listed if isinstance(listed, list) else ()
    return {str(pair["key"]): value_of(pair.get("value")) for pair in pairs if isinstance(pair, dict) and "key" in pair}


def value_of(value: object) -> str:
    """The text of an AnyValue; lists and maps have none."""
    if isinstance(value, dict):
        return next((str(value[kind]) for kind in _KINDS if kind in value), "")
    return value if isinstance(value, str) else ""


FORMATS.add(
    "otlp",
    LogFormat(
        "otlp",
        "OpenTelemetry logs (OTLP JSON)",
        reader,
        rank=80,
        joins=False,
        seen="a file of the collector's file exporter, and the protocol's own example",
    ),
)
