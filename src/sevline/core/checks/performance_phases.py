"""Where time goes: server or network, waste on the wire and in the database, the client itself."""

from collections.abc import Iterator, Sequence

from sevline.core.checks.redirects import redirect_findings
from sevline.core.checks.span_repeats import repeats
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.http import Exchange, Har, Traffic
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.queries import SCANS, PlanNode, Query, QueryPlan, SlowQueries
from sevline.core.readers.spans import Traces
from sevline.core.readers.traffic import kind_of_path, seconds

SLOW_MS = 2_000.0
LARGE = 2_000_000
PLAIN = 50_000
REPEATS = 10
TEXTUAL = ("json", "text/", "javascript", "xml", "svg")
SLOW_QUERY_MS = 500.0


@check("PERF02", supports=("slow-server", "slow-network"))
def server_or_network(calls: tuple[Traffic, ...], requests: tuple[Latencies, ...]) -> Iterator[Finding]:
    """Time inside the server compared with time on the way, where the server tells its own"""
    told = [(call, own) for traffic in calls for call in traffic.exchanges if (own := _server_ms(call)) is not None]
    slow = [(call, own) for call, own in told if (call.millis or 0) >= SLOW_MS]
    if slow:
        call, own = max(slow, key=lambda pair: pair[0].millis or 0.0)
        cited = call.cite("header:server-timing", f"server {own:.0f} ms of {call.millis:.0f} ms")
        yield _split(call.millis or 0.0, own, call.call, cited)
    logs = [log for log in requests if log.server is not None]
    for log in logs:
        yield from _in_log(log)
    if not told and not logs:
        yield not_told(
            "Whether the time goes into the server or the network.",
            "the server's own time for each call",
            next_step="Let the server send `Server-Timing`, or ask for the load balancer's log with its target's "
            "processing time (nginx `$upstream_response_time`, ALB `target_processing_time`).",
        )


def _in_log(log: Latencies) -> Iterator[Finding]:
    import numpy as np

    own = np.asarray(log.server, dtype=float)
    rows = np.flatnonzero(~np.isnan(own) & (log.took >= SLOW_MS))
    if len(rows):
        worst = int(rows[np.argmax(log.took[rows])])
        cited = log.cite(worst, f"server {own[worst]:.0f} ms of {log.took[worst]:.0f} ms")
        yield _split(float(log.took[rows].sum()), float(own[rows].sum()), f"{len(rows)} slow requests", cited)


def _split(total: float, own: float, what: str, cited: Evidence) -> Finding:
    share = own / total if total else 0.0
    if share >= 0.6:
        side, told, step = (
            Side.OUR_APP,
            "inside the server",
            "Go on with the server's trace or slow query log of this call.",
        )
    else:
        side, told, step = (
            Side.CUSTOMER_NETWORK,
            "outside the server",
            "Compare from another network; look at connection, TLS, distance and size.",
        )
    return warned(
        f"{what}: {share:.0%} of {seconds(total / 1000)} were spent in the server, so the time goes {told}.",
        cited,
        side=side,
        next_step=step,
    )


def _server_ms(call: Exchange) -> float | None:
    """The largest duration in Server-Timing, or what proxies write of the server behind them, in milliseconds."""
    header = call.received.get("server-timing", "")
    found = [
        _number(part.partition("=")[2])
        for entry in header.split(",")
        for part in entry.split(";")
        if part.strip().startswith("dur=")
    ]
    amounts = [amount for amount in found if amount is not None]
    if amounts:
        return max(amounts)
    envoy = _number(call.received.get("x-envoy-upstream-service-time", ""))
    runtime = _number(call.received.get("x-runtime", ""))
    return envoy if envoy is not None else runtime * 1000 if runtime is not None else None


def _number(text: str) -> float | None:
    try:
        return float(text.strip().strip('"'))
    except ValueError:
        return None


#: Rows from which on reading all of a table is worth a word.
MANY_ROWS = 10_000


@check("PERF08", supports=("redirect-loop", "n-plus-one", "payload", "slow-query"))
def waste(
    hars: tuple[Har, ...], logs: tuple[SlowQueries, ...], plans: tuple[QueryPlan, ...], traces: tuple[Traces, ...]
) -> Iterator[Finding]:
    """Redirect chains, N+1 calls and queries, slow queries, uncompressed and large answers, missed caches"""
    if not hars and not logs and not plans and not traces:
        yield not_told(
            "Whether calls or queries are wasted.", Har.what, SlowQueries.what, next_step=f"{Har.how} {SlowQueries.how}"
        )
    for har in hars:
        yield from redirect_findings(har)
        yield from _many_calls(har)
        yield from _heavy(har)
    for log in logs:
        yield from _queries(log)
    for plan in plans:
        yield from _plan(plan)
    for each in traces:
        yield from repeats(each)


def _many_calls(har: Har) -> Iterator[Finding]:
    """One page asks, one after the other, for many single things of a kind."""
    kinds: dict[tuple[str, str], list[Exchange]] = {}
    for call in filter(_for_one_thing, har.exchanges):
        kinds.setdefault((call.host, kind_of_path(call.path)), []).append(call)
    for (host, head), calls in kinds.items():
        if len({call.path for call in calls}) >= REPEATS and _within(calls, 30):
            yield warned(
                f"N+1: {len(calls)} single calls for {head} on {host} within one page.",
                *(call.cite("url", call.call, "one call for all") for call in calls[:4]),
                side=Side.OUR_APP,
                next_step="Ask for these things in one call: a list, a filter by ids, or a batch.",
            )


def _for_one_thing(call: Exchange) -> bool:
    """A script's call that names one thing; where the recorder told no kind, an answer in JSON is a script's."""
    json = "json" in call.received.get("content-type", "") or call.response_body[:1] in {"{", "["}
    told = call.kind in {"xhr", "fetch"} or (not call.kind and json)
    asked = told and call.method == "GET" and 200 <= call.status < 300
    return asked and "…" in kind_of_path(call.path)


def _within(calls: Sequence[Exchange], span: float) -> bool:
    at = [call.started.timestamp() for call in calls if call.started]
    return len(at) == len(calls) and max(at) - min(at) <= span


def _heavy(har: Har) -> Iterator[Finding]:
    plain = [call for call in har.exchanges if _uncompressed(call)]
    large = [call for call in har.exchanges if _size(call) > LARGE and call.kind in {"xhr", "fetch"}]
    for what, calls, step in (
        ("uncompressed text answers", plain, "Switch on gzip, br or zstd for text on the server or the proxy."),
        ("answers of more than 2 MB", large, "Page the answer, or leave out fields that are not shown."),
    ):
        if calls:
            biggest = max(calls, key=_size)
            yield noted(
                f"{len(calls)} {what}; the largest has {_size(biggest):,} bytes: {biggest.call}.",
                biggest.cite(
                    "header:content-length" if "content-length" in biggest.received else "url",
                    f"{_size(biggest)} bytes",
                ),
                side=Side.OUR_APP,
                next_step=step,
            )
    missed = [
        call
        for call in har.exchanges
        if "miss" in call.received.get("x-cache", "").lower() and "max-age" in call.received.get("cache-control", "")
    ]
    if len(missed) >= REPEATS:
        yield noted(
            f"{len(missed)} cacheable answers missed the cache.",
            *(call.cite("header:x-cache", call.received["x-cache"], "a hit") for call in missed[:3]),
            side=Side.OUR_INFRA,
            next_step="Look at the cache's key and age: query strings and cookies in it make every call a new one.",
        )


def _size(call: Exchange) -> int:
    told = call.received.get("content-length", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 13 else call.size or len(call.response_body)


def _uncompressed(call: Exchange) -> bool:
    kind = call.received.get("content-type", "").lower()
    return (
        200 <= call.status < 300
        and any(word in kind for word in TEXTUAL)
        and "content-encoding" not in call.received
        and "accept-encoding" in call.sent
        and "content-length" in call.received
        and _size(call) > PLAIN
    )


def _queries(log: SlowQueries) -> Iterator[Finding]:
    shapes: dict[str, list[Query]] = {}
    for query in log.queries:
        shapes.setdefault(query.shape, []).append(query)
    slow = {shape: queries for shape, queries in shapes.items() if max(map(_millis, queries)) >= SLOW_QUERY_MS}
    for shape, queries in sorted(slow.items(), key=lambda pair: -sum(map(_millis, pair[1])))[:5]:
        yield _slow_query(log, shape, queries)
    for shape, queries in sorted(shapes.items(), key=lambda pair: -len(pair[1]))[:3]:
        by_key = shape.upper().startswith("SELECT") and "= ?" in shape
        if len(queries) >= 50 and by_key and shape not in slow:
            yield warned(
                f"N+1 queries: the same statement {len(queries)} times, each with another value: {shape[:120]}",
                *(log.cite(query, f"{query.millis:.0f} ms", "one query for all") for query in queries[:3]),
                side=Side.OUR_APP,
                next_step="Load these rows together: a join, or one query with IN.",
            )


def _millis(query: Query) -> float:
    return query.millis


def _slow_query(log: SlowQueries, shape: str, queries: Sequence[Query]) -> Finding:
    ranked = sorted(queries, key=lambda each: -each.millis)
    worst = ranked[0]
    many = worst.examined > 100 * max(worst.sent, 1)
    scanned = f"; it reads {worst.examined:,} rows to return {worst.sent:,}" if many else ""
    waits = f"; {seconds(worst.lock_millis / 1000)} of it waiting for locks"
    locked = waits if worst.lock_millis > worst.millis / 2 else ""
    return warned(
        f"Slow query, {len(queries)} times, up to {seconds(worst.millis / 1000)}{scanned}{locked}: {shape[:120]}",
        *(log.cite(each, f"{each.millis:.0f} ms", f"under {SLOW_QUERY_MS:.0f} ms") for each in ranked[:3]),
        side=Side.OUR_APP,
        next_step="Run EXPLAIN (ANALYZE, BUFFERS) on a replica and look for a missing index or an estimate far off.",
    )


def _plan(plan: QueryPlan) -> Iterator[Finding]:
    for node in plan.nodes:
        yield from _whole(plan, node)
        yield from _thrown_away(plan, node)
        yield from _misjudged(plan, node)


def _whole(plan: QueryPlan, node: PlanNode) -> Iterator[Finding]:
    if node.kind.startswith(tuple(SCANS.values())) and node.estimated >= MANY_ROWS:
        yield warned(
            f"{node.kind} of {node.relation}: {node.estimated:,.0f} rows are read.",
            plan.cite(node, f"{node.kind}, {node.estimated:,.0f} rows", "an index that narrows the rows"),
            side=Side.OUR_APP,
            next_step="Look for an index on the columns of WHERE and JOIN, then run the plan again.",
        )


def _thrown_away(plan: QueryPlan, node: PlanNode) -> Iterator[Finding]:
    """PostgreSQL tells rows as the mean of all loops, which are the workers of a parallel scan too."""
    rows = node.actual if node.actual >= 0 else node.estimated
    if "Seq Scan" not in node.kind or node.removed <= 10_000 or node.removed <= 10 * max(rows, 1):
        return
    each = f" in each of {node.loops:,} loops" if node.loops > 1 else ""
    kept = f"{'about ' if each else ''}{rows * node.loops:,.0f}"
    yield warned(
        f"{node.kind} on {node.relation} throws {node.removed * node.loops:,.0f} rows away to keep {kept}.",
        plan.cite(node, f"{node.removed:,.0f} rows removed by the filter{each}", "an index on the filtered column"),
        side=Side.OUR_APP,
        next_step="Look for an index on the columns of the filter, then run the plan again.",
    )


def _misjudged(plan: QueryPlan, node: PlanNode) -> Iterator[Finding]:
    is_large = node.actual >= 0 and max(node.actual, node.estimated) >= 1_000
    if is_large and not 0.01 <= (node.actual + 1) / (node.estimated + 1) <= 100:
        yield warned(
            f"{node.kind}{' on ' + node.relation if node.relation else ''}: {node.estimated:,.0f} rows "
            f"were estimated, {node.actual:,.0f} came.",
            plan.cite(node, f"{node.actual:,.0f} rows", f"about {node.estimated:,.0f}"),
            side=Side.OUR_APP,
            next_step="Run ANALYZE on the table and look at the plan again.",
            sure=Confidence.STRONG,
        )


@check("PERF11", supports=("slow-client",), refutes=("slow-client",))
def client_side(har: Har) -> Iterator[Finding]:
    """Time that the client itself spends before it sends, against time spent waiting for the server"""
    timed = [call for call in har.exchanges if call.timings and call.millis and call.millis > 0]
    if not timed:
        yield not_told("Whether the client itself is slow.", "a HAR file with timings", next_step=Har.how)
        return
    blocked = sum(call.timings.get("blocked", 0.0) for call in timed)
    wait = sum(call.timings.get("wait", 0.0) for call in timed)
    held = max(timed, key=lambda call: call.timings.get("blocked", 0.0))
    cited = held.cite(
        "timings", f"blocked {held.timings.get('blocked', 0.0):.0f} ms, wait {held.timings.get('wait', 0.0):.0f} ms"
    )
    sentence = (
        f"Over {len(timed)} calls the client held requests back for {seconds(blocked / 1000)} and "
        f"waited {seconds(wait / 1000)} for servers."
    )
    if blocked > 2 * wait and held.timings.get("blocked", 0.0) >= 3_000:
        yield failed(
            sentence,
            cited,
            side=Side.CUSTOMER_CLIENT,
            next_step="Look at the six connections a host of HTTP/1.1, at extensions, and at long tasks in the "
            "browser's performance recording.",
            sure=Confidence.STRONG,
        )
    elif blocked > 2 * wait and blocked > 1_000:
        yield noted(sentence, cited, side=Side.CUSTOMER_CLIENT)
    else:
        yield passed(sentence, cited, sure=Confidence.STRONG)
