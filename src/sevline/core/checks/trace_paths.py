"""What one trace shows: where its time goes, where its errors begin, what is missing, whose clock is off."""

from collections.abc import Iterator
from statistics import median

from sevline.core.amount import amount
from sevline.core.finding import Confidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.spans import NANO, Span, Trace, Traces

CUT = "The file of traces ends early"
WHOLE_FILE = "Export the traces again, and attach the file whole."
SLOWEST = 3
MAX_GROUPS = 20
#: A child may begin or end this far outside its parent, for clocks are read at other moments than messages travel.
TOLERANCE = 1_000_000
#: What names the thing that a call is about, and what counts the repeats of it.
SAME = ("url.full", "http.url", "http.target", "http.path", "url.path", "db.query.text", "db.statement", "rpc.method")
#: How instrumentation counts the repeats of a call.
REPEATED = ("http.request.resend_count", "http.resend_count", "http.retry_count", "retry_count", "retry.count",
            "retries", "retry", "retry.attempt", "attempt", "rpc.retry_count", "grpc.previous_attempts")  # fmt: skip


def duration(nanoseconds: float) -> str:
    seconds = nanoseconds / NANO
    return (
        f"{seconds:.2f} s"
        if seconds >= 1
        else f"{seconds * 1000:.1f} ms"
        if seconds >= 0.001
        else f"{seconds * 1e6:.0f} µs"
    )


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


@check("OBS05", supports=("slow-dependency",))
def critical_paths(traces: Traces) -> Iterator[Finding]:
    """Where the time of the slowest traces goes: the critical path and each span's own time on it"""
    slowest = sorted(traces.traces, key=lambda trace: (trace.root.start - trace.root.end, trace.id))[:SLOWEST]
    for trace in slowest:
        total = trace.root.end - trace.root.start
        if total <= 0:
            continue
        (first, own, spans), *rest = _by_operation(trace)
        others = [(span, part, count) for span, part, count in rest[:2] if part * 10 >= total]
        also = "".join(f"; then {_parts(span, count)} {part * 100 // total} %" for span, part, count in others)
        yield noted(
            f"{f'{CUT}; of what is there, trace' if traces.is_partial else 'Trace'} {trace.id[:16]} took "
            f"{duration(total)}: {own * 100 // total} % is {_parts(first, spans)} itself{also}.",
            trace.root.cite("end", duration(total)),
            first.cite("name", f"{duration(own)} of its own on the critical path"),
            *(span.cite("name", f"{duration(part)} of its own") for span, part, _ in others),
            next_step="Look at what this operation does in that time; the log of the service then tells more.",
        )


def _by_operation(trace: Trace) -> list[tuple[Span, int, int]]:
    """The operations on the critical path, the longest first: one span, its own nanoseconds, and how many spans."""
    held: dict[str, list[tuple[Span, int]]] = {}
    for span, part in trace.critical_path():
        held.setdefault(span.title, []).append((span, part))
    summed = [
        (min(pairs, key=lambda pair: (-pair[1], pair[0].id))[0], sum(part for _, part in pairs), pairs)
        for pairs in held.values()
    ]
    summed.sort(key=lambda one: (-one[1], one[0].id))
    return [(span, own, len({each.id for each, _ in pairs})) for span, own, pairs in summed]


def _parts(span: Span, count: int) -> str:
    return span.title if count == 1 else f"{span.title}, called {count} times,"


@check("OBS06", supports=("failing-dependency",), refutes=("failing-dependency",))
def error_origins(traces: Traces) -> Iterator[Finding]:
    """Where errors begin: the deepest span that failed and has no failed child"""
    groups: dict[tuple[str, str], list[Span]] = {}
    ill, again = [], []
    for trace in traces.traces:
        left, repeated = _origins(trace)
        again += repeated
        ill += [trace] if left else []
        for span in left:
            groups.setdefault((span.service, span.operation), []).append(span)
    for spans in sorted(groups.values(), key=lambda each: (-len(each), each[0].start))[:MAX_GROUPS]:
        first = spans[0]
        said = str(first.attributes.get("status.message") or first.attributes.get("exception.message") or "")[:160]
        yield failed(
            f"Errors begin in {first.title}, {times(len(spans))} in {len(ill)} traces that failed"
            f"{f': {said}' if said else ''}.",
            first.cite("status", "error", "no error"),
            first.cite("name", first.operation),
            *(other.cite("status", "error") for other in spans[1:3]),
            side=Side.UNKNOWN,
            next_step="Take the log of this service at that time; spans above it only pass the error on.",
            sure=Confidence.STRONG,
        )
    if again:
        yield _worked_again(again)
    elif not ill and traces.traces:
        yield _without_error(traces)


def _without_error(traces: Traces) -> Finding:
    if traces.is_partial:
        return not_told(f"{CUT}, and what is there holds no error.", "the rest of the file", next_step=WHOLE_FILE)
    count = len(traces.traces)
    told = "The trace holds no error." if count == 1 else f"None of {count} traces holds an error."
    return passed(told, traces.traces[0].root.cite("name"))


def _origins(trace: Trace) -> tuple[list[Span], list[Span]]:
    """The deepest spans that failed, and those of them whose call was repeated and then worked."""
    failing = [span for span in trace.spans if span.failed and not any(below.failed for below in trace.below(span))]
    repeated = [span for span in failing if _has_worked_again(trace, span)]
    return [span for span in failing if span not in repeated], repeated


def _has_worked_again(trace: Trace, span: Span) -> bool:
    """Whether the call that failed, or the one above that failed with it, was made again by one that did not fail."""
    top, seen = span, {span.id}
    while (above := trace.by_id.get(top.parent)) is not None and above.failed and above.id not in seen:
        top = above
        seen.add(top.id)
    if trace.by_id.get(top.parent) is None:
        return False
    later = [one for one in trace.children.get(top.parent, ()) if one.start > top.start and _is_same_call(top, one)]
    return any(not one.failed and not any(below.failed for below in trace.below(one)) for one in later)


def _is_same_call(one: Span, other: Span) -> bool:
    """Of one service by one name and to one address; without one only where the later one counts as a repeat."""
    if (one.service, one.operation, one.kind) != (other.service, other.operation, other.kind):
        return False
    addresses = [
        next((str(each.attributes[key]) for key in SAME if each.attributes.get(key)), "") for each in (one, other)
    ]
    if any(addresses):
        return addresses[0] == addresses[1]
    return any(str(other.attributes.get(key) or "0") not in {"0", "false"} for key in REPEATED)


def _worked_again(spans: list[Span]) -> Finding:
    first = spans[0]
    return noted(
        f"{first.title} failed {times(len(spans))} and worked when it was repeated: no trace failed by that.",
        first.cite("status", "error, then repeated"),
        next_step="Look at it only if it happens often: repeated calls add to the time and to the load.",
    )


@check("OBS07", supports=("telemetry-gap",), refutes=("telemetry-gap",))
def missing_spans(traces: Traces) -> Iterator[Finding]:
    """Spans whose parent is not there: a service that sends no spans, or a part that was not exported"""
    if traces.is_partial:
        yield not_told(
            f"{CUT}: whether a span that is absent was never sent cannot be told.",
            "the rest of the file",
            next_step=WHOLE_FILE,
        )
        return
    groups: dict[str, list[Span]] = {}
    for trace in traces.traces:
        for span in trace.orphans:
            groups.setdefault(span.service, []).append(span)
    for service, spans in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        whole = len({span.trace for span in spans})
        yield warned(
            f"The caller of {service or 'a service without a name'} is missing in {whole} "
            f"{'trace' if whole == 1 else 'traces'}: {len(spans)} spans name a parent that is not there.",
            *(span.cite("parent", span.parent[:16], "a span of this trace") for span in spans[:3]),
            side=Side.UNKNOWN,
            next_step="Export the whole trace. If it is whole, the caller sends no spans or drops the trace header.",
            sure=Confidence.HINT,
        )
    if not groups and traces.traces:
        yield passed(
            f"Every parent that {sum(len(trace.spans) for trace in traces.traces)} spans name is there.",
            traces.traces[0].root.cite("span"),
        )


#: Spans outside their parent and by how many nanoseconds, by the services of both.
Pairs = dict[tuple[str, str], list[tuple[Span, int]]]


@check("OBS08", supports=("clock-skew",), refutes=("clock-skew",))
def outside_parents(traces: Traces) -> Iterator[Finding]:
    """Children outside their parent's time: clocks that differ, or work that goes on after the answer"""
    pairs = [
        (trace.by_id[parent], child)
        for trace in traces.traces
        for parent, children in trace.children.items()
        for child in children
    ]
    early, late, queued = _by_services(pairs)
    yield from (_skew(key, found) for key, found in sorted(early.items()))
    yield from (_outlived(key, found) for key, found in sorted(late.items()) if key not in early)
    yield from (_took_up(key, found) for key, found in sorted(queued.items()))
    if pairs and not (early or late or queued):
        yield passed(
            f"Each of {len(pairs)} children lies within its parent's time.", traces.traces[0].root.cite("start")
        )


def _by_services(pairs: list[tuple[Span, Span]]) -> tuple[Pairs, Pairs, Pairs]:
    """Children that begin outside their parent, that end after it, and that took up a message of it."""
    early: Pairs = {}
    late: Pairs = {}
    queued: Pairs = {}
    for parent, child in pairs:
        key = (parent.service, child.service)
        if (offset := _outside(parent, child)) > 0 and child.kind == "consumer":
            queued.setdefault(key, []).append((child, offset))
        elif offset:
            early.setdefault(key, []).append((child, offset))
        elif child.end > parent.end + TOLERANCE:
            late.setdefault(key, []).append((child, child.end - parent.end))
    return early, late, queued


def _outside(parent: Span, child: Span) -> int:
    """Nanoseconds by which a child begins before its parent (negative) or after its parent's end; 0 within."""
    if child.start < parent.start - TOLERANCE:
        return child.start - parent.start
    return child.start - parent.end if child.start > parent.end + TOLERANCE else 0


def _skew(key: tuple[str, str], found: list[tuple[Span, int]]) -> Finding:
    offset = median(each for _, each in found)
    parent, child = key
    if parent == child:
        title = f"{len(found)} spans of {child} begin outside their parent, by {duration(abs(offset))} at the median."
        step = (
            "Within one service clocks agree: the work was started in the background, or the parent is the wrong one."
        )
    else:
        way = "behind" if offset < 0 else "ahead of"
        title = (
            f"The clock of {child} is at least {duration(abs(offset))} {way} the clock of {parent} "
            f"(median of {len(found)}), or its work begins after the answer."
        )
        step = "Compare both hosts with their time source; order events of the two by cause, not by time."
    first, by = max(found, key=lambda pair: abs(pair[1]))
    return warned(
        title,
        first.cite(
            "start",
            f"{duration(abs(by))} {'before its parent' if by < 0 else 'after its parent ended'}",
            "within its parent",
        ),
        side=Side.OUR_INFRA,
        next_step=step,
        sure=Confidence.HINT,
    )


def _took_up(key: tuple[str, str], found: list[tuple[Span, int]]) -> Finding:
    """A consumer works after the message was sent, by its nature."""
    first, by = max(found, key=lambda pair: pair[1])
    return noted(
        f"{key[1]} takes up what {key[0]} had sent, up to {duration(by)} after it ended "
        f"({amount(len(found), 'span')}): the time in the queue.",
        first.cite("start", f"{duration(by)} after its parent ended"),
        next_step="If that is too long, look at the queue's depth and at how many consumers read it.",
    )


def _outlived(key: tuple[str, str], found: list[tuple[Span, int]]) -> Finding:
    first, by = max(found, key=lambda pair: pair[1])
    return noted(
        f"{len(found)} spans of {key[1]} end after their parent in {key[0]}, by up to {duration(by)}: work that goes "
        "on after the answer, or clocks that differ.",
        first.cite("end", f"{duration(by)} after its parent"),
        next_step="If the caller waits for it, compare the clocks; if not, nothing is wrong.",
    )
