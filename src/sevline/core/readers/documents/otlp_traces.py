"""Spans as the OpenTelemetry protocol writes them in JSON, as one document or as one document on each line."""

import json
from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.spans import Span, span_set, status_failed, text, whole

KINDS = {1: "internal", 2: "server", 3: "client", 4: "producer", 5: "consumer"}
ERROR = {2, "2", "STATUS_CODE_ERROR"}


@reader("otlp-traces", Form.JSON, of_cut=True)
def otlp_traces(source: Source, document: Any) -> Iterator[Given]:
    """Traces in the OpenTelemetry protocol's JSON"""
    for base, each in _documents(document):
        yield from _collected(source, list(_spans(source.artifact, each, base, "")))


@reader("otlp-traces-lines", Form.LINES)
def otlp_trace_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Traces in the OpenTelemetry protocol's JSON, one document on each line"""
    found: list[Span] = []
    for number, line in enumerate(lines, 1):
        if '"resourceSpans"' not in line[:2000]:
            continue
        try:
            document = decode(line.encode())
        except BadJsonError:
            continue
        found += _spans(source.artifact, document, "", f"{number}:1")
    yield from _collected(source, found)


def _documents(document: Any) -> Iterator[tuple[str, Any]]:
    """The document itself, or what a query API wraps it in."""
    if isinstance(document, dict) and "resourceSpans" in document:
        yield "", document
    elif isinstance(document, dict) and isinstance(document.get("result"), dict):
        yield "/result", document["result"]
    elif isinstance(document, dict) and isinstance(document.get("batches"), list):
        yield "", {"batches": document["batches"]}


def _collected(source: Source, spans: list[Span]) -> Iterator[Given]:
    if (found := span_set(source.artifact, spans, ends_early=source.cut)) is not None:
        yield found


def _spans(artifact: str, document: Any, base: str, line: str) -> Iterator[Span]:
    key = "resourceSpans" if "resourceSpans" in document else "batches"
    for number, resource in enumerate(_list(document, key)):
        own = attributes_of(_dict(resource, "resource").get("attributes"))
        for scopes in ("scopeSpans", "instrumentationLibrarySpans"):
            for scope_number, scope in enumerate(_list(resource, scopes)):
                for index, span in enumerate(_list(scope, "spans")):
                    place = f"{base}/{key}/{number}/{scopes}/{scope_number}/spans/{index}"
                    yield _span(artifact, span, own, place, line)


def _span(artifact: str, span: dict[str, Any], own: dict[str, Any], place: str, line: str) -> Span:
    attributes = attributes_of(span.get("attributes"))
    status = _dict(span, "status")
    code = status.get("code")
    kind = span.get("kind")
    failed = code in ERROR or (code in {None, 0, "STATUS_CODE_UNSET"} and status_failed(attributes))
    known = {key: number for number, key in enumerate(attributes)}
    places = {"span": line or place}
    if not line:
        places |= {"name": f"{place}/name", "start": f"{place}/startTimeUnixNano", "end": f"{place}/endTimeUnixNano"}
        places |= {"parent": f"{place}/parentSpanId"} if span.get("parentSpanId") else {}
        places |= {"status": f"{place}/status"} if code in ERROR else {}
        places |= {f"attribute:{key}": f"{place}/attributes/{number}" for key, number in known.items()}
    return Span(
        artifact,
        text(span.get("traceId")).casefold(),
        text(span.get("spanId")).casefold(),
        text(span.get("parentSpanId")).casefold().strip("0") and text(span.get("parentSpanId")).casefold(),
        text(own.get("service.name")),
        text(span.get("name")),
        whole(span.get("startTimeUnixNano")),
        whole(span.get("endTimeUnixNano")),
        failed,
        places,
        KINDS.get(kind, "") if isinstance(kind, int) else text(kind).removeprefix("SPAN_KIND_").casefold(),
        text(own.get("service.version")),
        attributes | {"status.message": text(status.get("message"))},
    )


def attributes_of(given: Any) -> dict[str, Any]:
    """Keys with plain values; a list or map stands as its JSON text."""
    found: dict[str, Any] = {}
    for each in given if isinstance(given, list) else ():
        if isinstance(each, dict) and isinstance(each.get("key"), str):
            value = each.get("value")
            inner = next(iter(value.values()), "") if isinstance(value, dict) else value
            found[each["key"]] = inner if isinstance(inner, str | int | float | bool) else json.dumps(inner)[:400]
    return found


def _list(value: Any, key: str) -> list[dict[str, Any]]:
    found = value.get(key) if isinstance(value, dict) else None
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else []


def _dict(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
