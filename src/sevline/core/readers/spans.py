"""Spans of distributed traces in one form, whichever tool wrote them, gathered into traces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from sevline.core.finding import Evidence, Gathered, Given

NANO = 1_000_000_000
#: More spans than this in one examination are left out, and it is said.
MAX_SPANS = 500_000


@dataclass(frozen=True, slots=True)
class Span:
    """`start` and `end` in nanoseconds of the Unix epoch; `places` holds the locator of each part that can be cited."""

    artifact: str
    trace: str
    id: str
    parent: str
    service: str
    operation: str
    start: int
    end: int
    failed: bool
    places: dict[str, str] = field(repr=False, compare=False)
    kind: str = ""
    version: str = ""
    attributes: dict[str, Any] = field(repr=False, compare=False, default_factory=dict)

    @property
    def seconds(self) -> float:
        return max(self.end - self.start, 0) / NANO

    @property
    def title(self) -> str:
        return f"{self.service or 'a service without a name'}: {self.operation}"

    def cite(self, part: str = "span", observed: object = "", expected: object = "") -> Evidence:
        place = self.places.get(part) or self.places["span"]
        return Evidence(self.artifact, place, str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class SpanSet(Given):
    """The spans of one file. `cut` is how many more there were than are kept, `ends_early` whether the file was cut."""

    what = "spans of traces"
    how = "Export a trace of a failing request as JSON: from Jaeger or Zipkin, or as OTLP from the collector."

    artifact: str
    spans: tuple[Span, ...]
    cut: int = 0
    ends_early: bool = False


def span_set(artifact: str, spans: Sequence[Span], *, ends_early: bool) -> SpanSet | None:
    """The spans of one file in its order; the last one of a file that was cut may not be whole, and is left out."""
    kept = spans[: MAX_SPANS if not ends_early else min(MAX_SPANS, len(spans) - 1)]
    return SpanSet(artifact, tuple(kept), max(len(spans) - MAX_SPANS, 0), ends_early) if kept else None


@dataclass(frozen=True)
class Trace:
    """The spans of one trace id, in the order of their starts."""

    id: str
    spans: tuple[Span, ...]

    @cached_property
    def by_id(self) -> dict[str, Span]:
        return {span.id: span for span in self.spans}

    @cached_property
    def children(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for span in self.spans:
            if span.parent in self.by_id and span.parent != span.id:
                found.setdefault(span.parent, []).append(span)
        return found

    @cached_property
    def orphans(self) -> tuple[Span, ...]:
        """Spans that name a parent which is not in the trace."""
        return tuple(span for span in self.spans if span.parent and span.parent not in self.by_id)

    @cached_property
    def root(self) -> Span:
        """The span without a parent; where there is none or there are several, the longest of those at the top. What
        takes a message later is not what a caller waits for."""
        tops = [span for span in self.spans if not span.parent] or list(self.orphans) or list(self.spans)
        tops = [span for span in tops if span.kind != "consumer"] or tops
        return max(tops, key=lambda span: (span.end - span.start, span.id))

    @property
    def failed(self) -> bool:
        return any(span.failed for span in self.spans)

    def below(self, span: Span) -> Iterator[Span]:
        """All descendants; a span that is its own ancestor is met once."""
        seen, waiting = {span.id}, [span]
        while waiting:
            for child in self.children.get(waiting.pop().id, ()):
                if child.id not in seen:
                    seen.add(child.id)
                    waiting.append(child)
                    yield child

    def critical_path(self) -> list[tuple[Span, int]]:
        """Each span on the path that decides how long the root takes, with the nanoseconds of its own on it.

        From the end backwards: the child that ended last holds its parent up until it began; what no child covers is
        the parent's own time.
        """
        own: dict[str, int] = {}
        waiting = [(self.root, self.root.start, self.root.end)]
        seen: set[str] = set()
        while waiting:
            span, begin, cursor = waiting.pop()
            if span.id in seen:
                continue
            seen.add(span.id)
            own[span.id] = own.get(span.id, 0)
            for child in sorted(self.children.get(span.id, ()), key=lambda each: (-each.end, each.id)):
                end, start = min(child.end, cursor), max(child.start, begin)
                if end <= start or child.start >= cursor:
                    continue
                own[span.id] += cursor - end
                waiting.append((child, start, end))
                cursor = start
            own[span.id] += max(cursor - max(span.start, begin), 0)
        return sorted(((self.by_id[key], value) for key, value in own.items()), key=lambda pair: pair[0].start)


@dataclass(frozen=True)
class Traces(Gathered):
    """All traces of the files that were given together; the spans of one trace may come from several files."""

    what = SpanSet.what
    how = SpanSet.how
    parts: ClassVar[tuple[type[Given], ...]] = (SpanSet,)
    needs: ClassVar[type[Given]] = SpanSet

    given: tuple[Given, ...]

    @cached_property
    def traces(self) -> tuple[Trace, ...]:
        found: dict[str, dict[str, Span]] = {}
        for part in self.given:
            for span in part.spans if isinstance(part, SpanSet) else ():
                found.setdefault(span.trace, {}).setdefault(span.id, span)
        ordered = (sorted(spans.values(), key=lambda span: (span.start, span.id)) for spans in found.values())
        return tuple(
            sorted(
                (Trace(spans[0].trace, tuple(spans)) for spans in ordered), key=lambda one: (one.spans[0].start, one.id)
            )
        )

    @property
    def is_partial(self) -> bool:
        """Whether a file ended too early, so that what is absent may have been there."""
        return any(part.ends_early or part.cut > 0 for part in self.given if isinstance(part, SpanSet))

    @property
    def spans(self) -> Iterator[Span]:
        return (span for trace in self.traces for span in trace.spans)


def text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def whole(value: object) -> int:
    """A whole number that JSON may carry as text, as OTLP does; 0 where it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e20:
        return int(value)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 21 else 0


def status_failed(attributes: dict[str, Any]) -> bool:
    """By what instrumentation writes beside the status: an error flag, or the HTTP status of a server's fault."""
    flag = str(attributes.get("error", "")).casefold()
    code = whole(attributes.get("http.response.status_code") or attributes.get("http.status_code"))
    return flag not in {"", "false", "0"} or code >= 500
