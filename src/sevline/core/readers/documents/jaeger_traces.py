"""Traces as Jaeger's user interface and API write them."""

from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.spans import Span, span_set, status_failed, text, whole

MICRO = 1_000


@reader("jaeger", Form.JSON, of_cut=True)
def jaeger(source: Source, document: Any) -> Iterator[Given]:
    """Traces exported from Jaeger"""
    found = [
        span for base, trace in _traces(document, is_cut=source.cut) for span in _spans(source.artifact, base, trace)
    ]
    if (spans := span_set(source.artifact, found, ends_early=source.cut)) is not None:
        yield spans


def _traces(document: Any, *, is_cut: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """The API's `data` list, one trace, or a list of traces."""
    if isinstance(document, dict) and isinstance(document.get("data"), list):
        listed = [(f"/data/{number}", each) for number, each in enumerate(document["data"])]
    elif isinstance(document, list):
        listed = [(f"/{number}", each) for number, each in enumerate(document)]
    else:
        listed = [("", document)]
    yield from ((base, each) for base, each in listed if _is_trace(each, is_cut=is_cut))


def _is_trace(each: Any, *, is_cut: bool) -> bool:
    """Spans and processes; the processes stand last, so that a trace which was cut may lack them."""
    if not isinstance(each, dict) or not isinstance(each.get("spans"), list):
        return False
    return isinstance(each.get("processes"), dict) or (is_cut and "processes" not in each)


def _spans(artifact: str, base: str, trace: dict[str, Any]) -> Iterator[Span]:
    processes = trace.get("processes", {})
    for number, span in enumerate(trace["spans"]):
        if isinstance(span, dict) and "operationName" in span:
            named = text(span.get("processID"))
            process = processes.get(named) or span.get("process") or {}
            if not process and "processes" not in trace:
                process = {"serviceName": f"process {named}"}
            yield _span(artifact, f"{base}/spans/{number}", span, process if isinstance(process, dict) else {})


def _span(artifact: str, place: str, span: dict[str, Any], process: dict[str, Any]) -> Span:
    tags = _tags(span.get("tags"))
    start = whole(span.get("startTime")) * MICRO
    places = {
        "span": place,
        "name": f"{place}/operationName",
        "start": f"{place}/startTime",
        "end": f"{place}/duration",
    }
    if span.get("references"):
        places["parent"] = f"{place}/references/0"
    places |= {f"attribute:{key}": f"{place}/tags/{number}" for key, (number, _) in tags.items()}
    flagged = next((f"attribute:{key}" for key in ("error", "otel.status_code", "http.status_code") if key in tags), "")
    values = {key: value for key, (_, value) in tags.items()}
    failed = status_failed(values) or values.get("otel.status_code") == "ERROR"
    if failed and flagged:
        places["status"] = places[flagged]
    own = {key: value for key, (_, value) in _tags(process.get("tags")).items()}
    return Span(
        artifact,
        text(span.get("traceID")).casefold(),
        text(span.get("spanID")).casefold(),
        _parent(span),
        text(process.get("serviceName")),
        text(span.get("operationName")),
        start,
        start + whole(span.get("duration")) * MICRO,
        failed,
        places,
        text(values.get("span.kind")).casefold(),
        text(own.get("service.version") or own.get("version")),
        values,
    )


def _parent(span: dict[str, Any]) -> str:
    references = span.get("references")
    for each in references if isinstance(references, list) else ():
        if isinstance(each, dict) and each.get("refType") == "CHILD_OF":
            return text(each.get("spanID")).casefold()
    return text(span.get("parentSpanID")).casefold()


def _tags(given: Any) -> dict[str, tuple[int, Any]]:
    """Each tag's value with its place in the list."""
    tags = enumerate(given) if isinstance(given, list) else ()
    return {
        each["key"]: (number, each.get("value"))
        for number, each in tags
        if isinstance(each, dict) and isinstance(each.get("key"), str)
    }
