"""Exceptions found in text, one finding for each fingerprint."""

from collections.abc import Iterator

from sevline.core.finding import Finding, Side, check, failed, warned
from sevline.core.readers.stacktrace import Frame, StackTrace, TraceSet

MAX_FINGERPRINTS = 50
UNHANDLED = {"go", "rust"}


@check("OBS14", supports=("exception",))
def exception_fingerprints(traces: TraceSet) -> Iterator[Finding]:
    """Exceptions by fingerprint: the type, the innermost cause and the application's own top frame"""
    groups: dict[str, list[StackTrace]] = {}
    for trace in traces.traces:
        groups.setdefault(trace.fingerprint, []).append(trace)
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[1][0].line))
    for fingerprint, members in ranked[:MAX_FINGERPRINTS]:
        yield _finding(fingerprint, members)


def _named(frame: Frame) -> str:
    """Function and file, or the one of both that the frame tells."""
    if not frame.symbol or not frame.place:
        return frame.symbol or frame.place
    return f"{frame.symbol} ({frame.place})"


def _finding(fingerprint: str, members: list[StackTrace]) -> Finding:
    trace = members[0]
    kind, message, line = trace.innermost
    top = trace.top_frame
    wrapped = f", wrapped in {trace.type}" if trace.causes else ""
    place = f", thrown in {_named(top)}" if top else ""
    times = "once" if len(members) == 1 else f"{len(members)} times"
    evidence = [trace.cite(line, f"{kind}: {message}"[:200] if message else kind)]
    if top:
        evidence.append(trace.cite(top.line, _named(top)))
    evidence += [other.cite(other.innermost[2], other.innermost[0]) for other in members[1:4]]
    return (failed if trace.language in UNHANDLED else warned)(
        f"{kind} {times}{wrapped}{place}. Fingerprint {fingerprint}.",
        *evidence,
        side=Side.OUR_APP,
        next_step="Search known errors for the fingerprint and compare the first time it occurs "
        "with the start of the fault.",
    )
