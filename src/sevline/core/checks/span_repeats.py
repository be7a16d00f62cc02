"""Spans that ask again and again for one thing each: N+1 in a trace."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

from sevline.core.finding import Finding, Side, warned
from sevline.core.readers.queries import shape_of
from sevline.core.readers.spans import Span, Trace, Traces
from sevline.core.readers.traffic import kind_of_path

#: So many equal children of one span are a loop; of them so many must begin after the one before has ended.
REPEATS, MOSTLY = 10, 0.8
MOST_LOOPS = 20
STATEMENTS = ("db.query.text", "db.statement", "sql.query", "db.query")
#: Zipkin writes `http.path`, OpenTelemetry `url.full` and before that `http.url`, X-Ray and Elastic their own.
ADDRESSES = ("url.full", "http.url", "url.path", "http.target", "http.path", "url.original", "http.request.url", "url")
#: Parameters that walk through a list, or repeat a question until it is answered.
PAGED = re.compile(
    r"(?i)^(?:page|offset|limit|size|per_?page|cursor|after|before|since|from|start\w*|skip|next\w*|wait|t)$"
)
#: A place for an id in the name of a route, and in the key of a cache.
ROUTE, CACHED = re.compile(r"\{[^{}/]{1,60}\}|/:[a-z_]\w{0,40}|<[\w:]{1,40}>"), re.compile(r"[0-9a-f-]{32,}|\d+")
READS = re.compile(r"(?i)^(?:SELECT|GET|HGET|HGETALL|SMEMBERS|LRANGE|EXISTS|find|findOne)\b")


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
        kinds: dict[str, list[tuple[str, Span]]] = {}
        for child in children:
            asked, thing = _asked(child)
            if asked:
                kinds.setdefault(asked, []).append((thing, child))
        for asked, found in kinds.items():
            spans = [span for _, span in found]
            if len(spans) >= REPEATS and _of_many_things(found) and _in_turn(spans):
                yield trace.by_id[parent], asked, spans


def _of_many_things(found: Sequence[tuple[str, Span]]) -> bool:
    """Whether most ask for another thing each: who asks for one thing again and again waits for it."""
    told = [thing for thing, _ in found if thing]
    return not told or len(set(told)) * 2 >= len(told)


def _asked(span: Span) -> tuple[str, str]:
    """The statement without its values, the address without its ids, or the route or method that a span names, with
    what it asks for where that is told; "" for other spans."""
    if statement := next((str(span.attributes[name]) for name in STATEMENTS if span.attributes.get(name)), ""):
        return _read(statement)
    if span.kind != "client":
        return "", ""
    address = next((str(span.attributes[name]) for name in ADDRESSES if span.attributes.get(name)), "")
    if asked := _of_address(address):
        return asked, address
    if ROUTE.search(span.operation):
        return span.operation, address
    method = "/".join(str(span.attributes.get(name) or "") for name in ("rpc.service", "rpc.method")).strip("/")
    return (method, "") if "/" in method else ("", "")


def _read(statement: str) -> tuple[str, str]:
    """A statement that reads, without its values. A cache's command names its key, and so the thing."""
    plain = statement.strip()
    if plain[:6].upper() == "SELECT":
        return shape_of(plain), ""
    if READS.match(plain) and CACHED.search(plain):
        return CACHED.sub("…", plain)[:120], plain
    return "", ""


def _of_address(address: str) -> str:
    """`host/prices/…` of `/prices/88001`, and `host/prices?sku=…` where a parameter names the thing."""
    try:
        parts = urlsplit(address)
        named = [name for name, value in parse_qsl(parts.query, max_num_fields=50) if value and not PAGED.match(name)]
    except ValueError:
        return ""
    kind = kind_of_path(parts.path)
    if "…" in kind:
        return f"{parts.netloc}{kind}"
    return f"{parts.netloc}{kind}?{named[0]}=…" if len(named) == 1 else ""


def _in_turn(spans: Sequence[Span]) -> bool:
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    after = sum(later.start >= sooner.end for sooner, later in pairwise(ordered))
    return after >= MOSTLY * (len(ordered) - 1)
