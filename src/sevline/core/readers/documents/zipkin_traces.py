"""Spans in Zipkin's version 2 form. No file of a real installation was seen; it follows the published model."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.spans import Span, span_set, status_failed, text, whole

MICRO = 1_000
SERVED = "-served"


@reader("zipkin", Form.JSON, of_cut=True)
def zipkin(source: Source, document: Any) -> Iterator[Given]:
    """Traces exported from Zipkin (version 2)"""
    found = _apart([_span(source.artifact, place, span) for place, span in _items(document) if _is_span(span)])
    if (spans := span_set(source.artifact, found, ends_early=source.cut)) is not None:
        yield spans


def _apart(spans: list[Span]) -> list[Span]:
    """The two halves of a call, which in Zipkin share one id, as two spans: the server's is a child of the client's."""
    callers = {(span.trace, span.id): span for span in spans if span.kind == "client"}
    halves = {
        (span.trace, span.id): span
        for span in spans
        if span.kind == "server" and (caller := callers.get((span.trace, span.id))) and caller.service != span.service
    }
    found = []
    for span in spans:
        if halves.get((span.trace, span.id)) is span:
            found.append(replace(span, id=f"{span.id}{SERVED}", parent=span.id))
        elif (above := halves.get((span.trace, span.parent))) is not None and above.service == span.service:
            found.append(replace(span, parent=f"{span.parent}{SERVED}"))
        else:
            found.append(span)
    return found


def _items(document: Any) -> Iterator[tuple[str, Any]]:
    """A list of spans, or a list of traces that are lists of spans."""
    for number, each in enumerate(document if isinstance(document, list) else ()):
        if isinstance(each, list):
            yield from ((f"/{number}/{index}", span) for index, span in enumerate(each))
        else:
            yield f"/{number}", each


def _is_span(each: Any) -> bool:
    return isinstance(each, dict) and {"traceId", "id", "timestamp"} <= each.keys()


def _span(artifact: str, place: str, span: dict[str, Any]) -> Span:
    local = span.get("localEndpoint")
    tags = span.get("tags")
    values = tags if isinstance(tags, dict) else {}
    start = whole(span.get("timestamp")) * MICRO
    places = {"span": place, "start": f"{place}/timestamp"}
    places |= {"name": f"{place}/name"} if "name" in span else {}
    places |= {"parent": f"{place}/parentId"} if "parentId" in span else {}
    places |= {f"attribute:{key}": f"{place}/tags/{key.replace('~', '~0').replace('/', '~1')}" for key in values}
    if "error" in values:
        places["status"] = places["attribute:error"]
    return Span(
        artifact,
        text(span.get("traceId")).casefold(),
        text(span.get("id")).casefold(),
        text(span.get("parentId")).casefold(),
        text(local.get("serviceName")) if isinstance(local, dict) else "",
        text(span.get("name")),
        start,
        start + whole(span.get("duration")) * MICRO,
        # In Zipkin the tag alone marks an error, whatever it says.
        "error" in values or status_failed(values),
        places,
        text(span.get("kind")).casefold(),
        text(values.get("service.version")),
        dict(values),
    )
