"""Spans that ask again and again for one thing each: N+1 in a trace."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from sevline.core.finding import Finding, Side, warned
from sevline.core.readers.queries import shape_of
from sevline.core.readers.spans import Span, Trace, Traces
from sevline.core.readers.traffic import kind_of_path

#: So many equal children of one span are a loop; of them so many must begin after the one before has ended.
REPEATS, MOSTLY = 10, 0.8
MOST_LOOPS = 20
STATEMENTS = ("db.query.text", "db.statement", "sql.query")
ADDRESSES = ("url.full", "http.url", "url.path", "http.target")


def repeats(traces: Traces) -> Iterator[Finding]:
    """One finding for each statement or address that a span asks for in a loop, of the MOST_LOOPS longest."""
    loops: dict[tuple[str, str, str], Sequence[Span]] = {}
    for trace in traces.traces:
        for parent, asked, spans in _loops(trace):
            key = parent.service, parent.operation, asked
            loops[key] = max(loops.get(key, ()), spans, key=len)
    longest = sorted(loops.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:MOST_LOOPS]
    for (service, operation, asked), spans in longest:
        whole = sum(span.end - span.start for span in spans) / 1e6
        yield warned(
            f"N+1: {service or 'a service'} asks {len(spans)} times, one after the other, for one thing each within "
            f"“{operation}” ({whole:,.0f} ms together): {asked[:120]}",
            *(span.cite("name", span.operation, "one call for all") for span in spans[:4]),
            side=Side.OUR_APP,
            next_step="Load these things together: a join, one query with IN, or a call with many ids.",
        )


def _loops(trace: Trace) -> Iterator[tuple[Span, str, Sequence[Span]]]:
    for parent, children in trace.children.items():
        kinds: dict[str, list[Span]] = {}
        for child in children:
            if asked := _asked(child):
                kinds.setdefault(asked, []).append(child)
        for asked, spans in kinds.items():
            if len(spans) >= REPEATS and _in_turn(spans):
                yield trace.by_id[parent], asked, spans


def _asked(span: Span) -> str:
    """The statement without its values, or the address without its ids; "" for other spans."""
    if statement := next((str(span.attributes[name]) for name in STATEMENTS if span.attributes.get(name)), ""):
        return shape_of(statement) if statement.lstrip()[:6].upper() == "SELECT" else ""
    if span.kind != "client":
        return ""
    try:
        parts = urlsplit(next((str(span.attributes[name]) for name in ADDRESSES if span.attributes.get(name)), ""))
    except ValueError:
        return ""
    kind = kind_of_path(parts.path)
    return f"{parts.netloc}{kind}" if "…" in kind else ""


def _in_turn(spans: Sequence[Span]) -> bool:
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    after = sum(later.start >= sooner.end for sooner, later in pairwise(ordered))
    return after >= MOSTLY * (len(ordered) - 1)
