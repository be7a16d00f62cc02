"""Spans for tests, written in the three forms that tools write them in."""

from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.documents.jaeger_traces import jaeger
from sevline.core.readers.documents.otlp_traces import otlp_traces
from sevline.core.readers.reader import Source
from tests.evidence import START

BEGIN = int(START.timestamp() * 1_000)


def span(
    name: str,
    start: int,
    end: int,
    *,
    parent: str = "",
    service: str = "shop",
    trace: str = "t1",
    error: str = "",
    version: str = "1.4",
    **tags: Any,
) -> dict[str, Any]:
    """A span from `start` to `end` in milliseconds after START; its id is its name."""
    return {
        "name": name, "start": start, "end": end, "parent": parent, "service": service, "trace": trace,
        "error": error, "version": version, "tags": tags,
    }  # fmt: skip


def otlp(*spans: dict[str, Any]) -> dict[str, Any]:
    return {"resourceSpans": [_resource(each) for each in spans]}


def _resource(each: dict[str, Any]) -> dict[str, Any]:
    own = {"service.name": each["service"], "service.version": each["version"]}
    body = {
        "traceId": each["trace"],
        "spanId": each.get("id", each["name"]),
        "parentSpanId": each["parent"],
        "name": each["name"],
        "startTimeUnixNano": str((BEGIN + each["start"]) * 1_000_000),
        "endTimeUnixNano": str((BEGIN + each["end"]) * 1_000_000),
        "attributes": _attributes(each["tags"]),
        "status": {"code": 2, "message": each["error"]} if each["error"] else {},
    }
    return {"resource": {"attributes": _attributes(own)}, "scopeSpans": [{"spans": [body]}]}


def _attributes(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in values.items() if value]


def jaeger_form(*spans: dict[str, Any]) -> dict[str, Any]:
    services = sorted({each["service"] for each in spans})
    processes = {f"p{number}": {"serviceName": name} for number, name in enumerate(services)}
    return {"data": [{"traceID": "t1", "processes": processes, "spans": [_jaeger(each, services) for each in spans]}]}


def _jaeger(each: dict[str, Any], services: list[str]) -> dict[str, Any]:
    parent = [{"refType": "CHILD_OF", "traceID": "t1", "spanID": each["parent"]}] if each["parent"] else []
    return {
        "traceID": each["trace"],
        "spanID": each["name"],
        "operationName": each["name"],
        "references": parent,
        "startTime": (BEGIN + each["start"]) * 1_000,
        "duration": (each["end"] - each["start"]) * 1_000,
        "tags": [
            *([{"key": "error", "type": "bool", "value": True}] if each["error"] else []),
            *({"key": key, "type": "string", "value": value} for key, value in each["tags"].items()),
        ],
        "processID": f"p{services.index(each['service'])}",
    }


def zipkin_form(*spans: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "traceId": each["trace"],
            "id": each["name"],
            "name": each["name"],
            **({"parentId": each["parent"]} if each["parent"] else {}),
            "timestamp": (BEGIN + each["start"]) * 1_000,
            "duration": (each["end"] - each["start"]) * 1_000,
            "localEndpoint": {"serviceName": each["service"]},
            "tags": {"error": each["error"]} if each["error"] else {},
        }
        for each in spans
    ]


def traced(*spans: dict[str, Any]) -> tuple[Given, ...]:
    return tuple(otlp_traces(Source("a1", "trace.json"), otlp(*spans)))


def traced_by_jaeger(*spans: dict[str, Any]) -> tuple[Given, ...]:
    return tuple(jaeger(Source("a1", "trace.json"), jaeger_form(*spans)))
