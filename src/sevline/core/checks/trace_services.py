"""What many traces and logs show together: which version fails, which service failed first, what spans lack."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sevline.core.checks.trace_paths import CUT, WHOLE_FILE, duration
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, not_told, noted, passed, warned
from sevline.core.lasting import lasting
from sevline.core.readers.logfacts import AllLogs, LogFacts
from sevline.core.readers.moments import plain
from sevline.core.readers.servicelines import WITHIN
from sevline.core.readers.spans import Span, SpanSet, Traces
from sevline.core.readers.versionfields import MOST_VALUES

LEAST_SPANS = 10
#: Seconds of a log from which on errors at its very beginning are what it always has.
LONG = 600.0
LEAST_RATIO = 2.0
LEVEL = 0.01
MOST_SERVICES = 3

#: What spans lack, with the spans that lack it.
Lacking = list[tuple[str, list[Span]]]


@dataclass(frozen=True, slots=True)
class Share:
    """Of `count` spans or records of one version `failed` failed; `cited` is one that did, else any."""

    failed: int
    count: int
    cited: Evidence

    @property
    def part(self) -> float:
        return self.failed / self.count


@check("OBS11", supports=("bad-release",), refutes=("bad-release",), version=2)
def versions(traces: Traces | None, read: AllLogs | None) -> Iterator[Finding]:
    """Errors by version of a service, in traces and in logs: whether one version fails more often than the others"""
    compared = list(_versions_of_spans(traces)) if traces else []
    compared += _versions_of_records(read) if read else []
    yield from compared
    if not compared:
        has = "no service has ten spans of each of two versions" if traces else "no log names two versions of a service"
        yield not_told(
            f"Whether one version fails more often cannot be told: {has}.",
            "spans of two versions of one service" if traces else SpanSet.what,
            next_step="Export traces from before and after the release, with the resource attribute service.version.",
        )


def _versions_of_spans(traces: Traces) -> Iterator[Finding]:
    services: dict[str, dict[str, list[Span]]] = {}
    for span in traces.spans:
        if span.version:
            services.setdefault(span.service, {}).setdefault(span.version, []).append(span)
    for service, found in sorted(services.items()):
        shares = {version: _share_of(version, spans) for version, spans in found.items()}
        yield from _by_version(service, shares, "spans")


def _share_of(version: str, spans: list[Span]) -> Share:
    first = next((span for span in spans if span.failed), spans[0])
    return Share(sum(span.failed for span in spans), len(spans), first.cite("status", f"version {version}", "no error"))


def _versions_of_records(read: AllLogs) -> Iterator[Finding]:
    """What the lines of logs name; those of several logs are one service."""
    services: dict[str, dict[str, Share]] = {}
    for log in read.logs:
        for told in log.services:
            if told.version:
                cited = log.cite(told.failing or told.first, f"version {told.version}", "no error")
                shares = services.setdefault(told.service, {})
                known = shares.get(told.version, Share(0, 0, cited))
                shares[told.version] = Share(
                    known.failed + told.failed, known.count + told.count, known.cited if known.failed else cited
                )
    for service, shares in sorted(services.items()):
        if len(shares) <= MOST_VALUES:  # a field of more values is no version of what writes the log
            yield from _by_version(service or "the service", shares, "records")


def _by_version(service: str, found: dict[str, Share], what: str) -> Iterator[Finding]:
    from scipy.stats import fisher_exact

    enough = {version: share for version, share in found.items() if share.count >= LEAST_SPANS}
    if len(enough) < 2:
        return
    worst = max(sorted(enough), key=lambda version: enough[version].part)
    one = enough[worst]
    rest = sum(share.count for version, share in enough.items() if version != worst)
    bad_rest = sum(share.failed for version, share in enough.items() if version != worst)
    table = [[one.failed, one.count - one.failed], [bad_rest, rest - bad_rest]]
    chance = float(fisher_exact(table, alternative="greater").pvalue)
    said = (
        f"{service}: {one.failed} of {one.count} {what} failed in version {worst}, {bad_rest} of {rest} in the "
        f"others (Fisher's exact test, p = {chance:.2g})"
    )
    if chance < LEVEL and one.part >= LEAST_RATIO * bad_rest / rest:
        yield warned(
            f"{said}. Correlated, not proven.",
            one.cited,
            side=Side.OUR_APP,
            next_step=f"Compare the same requests on both versions; look at what {worst} changed.",
        )
    else:
        yield passed(f"{said}: no version stands out.", one.cited, sure=Confidence.STRONG)


@check("OBS12", supports=("failing-dependency",), version=2)
def cascade(traces: Traces | None, read: AllLogs | None) -> Iterator[Finding]:
    """Which service failed first in time, and which followed, in traces and in logs that name their services"""
    ordered = _failing_records(read) if read else []
    if traces:
        yield from _cascade_of_spans(traces)
    elif len(ordered) < 2:
        yield not_told(
            "Which service failed first cannot be told: no log names two services that began to fail.",
            SpanSet.what,
            next_step=SpanSet.how,
        )
    if len(ordered) < 2:
        return
    first = ordered[0]
    after = ", ".join(f"{name} after {lasting((at - first[0]).total_seconds())}" for at, name, _ in ordered[1:5])
    yield noted(
        f"In the log {first[1]} began to fail first, at {plain(first[0])}; then {after}.",
        *(cited for _, _, cited in ordered[:5]),
        next_step="Errors travel from the called to the caller; clocks may differ, and order alone proves no cause.",
    )


def _failing_records(read: AllLogs) -> list[tuple[datetime, str, Evidence]]:
    """When each service of the logs began to fail, in order; one that fails from a log's beginning on tells nothing."""
    firsts: dict[str, tuple[datetime, str, Evidence]] = {}
    for log in read.logs:
        for told in log.services:
            if not told.service or told.since is None or _always(log, told.since[1]):
                continue
            line, at = told.since
            if told.service not in firsts or at < firsts[told.service][0]:
                firsts[told.service] = (at, told.service, log.cite(line, f"first errors of {told.service}"))
    return sorted(firsts.values(), key=lambda one: (one[0], one[1]))


def _always(log: LogFacts, since: datetime) -> bool:
    if log.first is None or log.last is None:
        return False
    return (log.last - log.first).total_seconds() > LONG and (since - log.first).total_seconds() < WITHIN


def _cascade_of_spans(traces: Traces) -> Iterator[Finding]:
    firsts: dict[str, Span] = {}
    for span in traces.spans:
        if span.failed and (span.service not in firsts or span.end < firsts[span.service].end):
            firsts[span.service] = span
    ordered = sorted(firsts.values(), key=lambda span: (span.end, span.service))
    if not ordered and traces.is_partial:
        yield not_told(f"{CUT}, and what is there holds no error.", "the rest of the file", next_step=WHOLE_FILE)
    elif not ordered and traces.traces:
        yield passed("No service failed in the traces given.", traces.traces[0].root.cite("span"))
    if len(ordered) < 2:
        return
    start = ordered[0]
    after = ", ".join(f"{span.service} after {duration(span.end - start.end)}" for span in ordered[1:5])
    yield noted(
        f"{start.service} failed first; then {after}.",
        *(span.cite("status", f"first error of {span.service}") for span in ordered[:5]),
        next_step="Errors travel from the called to the caller; check that the clocks agree (OBS08) before you rely on the order.",  # noqa: E501
    )


#: What a span should carry, whether a span is asked for it, and whether it has it.
WANTED: tuple[tuple[str, Callable[[Span], bool], Callable[[Span], bool]], ...] = (
    ("service.name", lambda _: True, lambda span: bool(span.service)),
    ("service.version", lambda _: True, lambda span: bool(span.version)),
    (
        "the HTTP status",
        lambda span: any(key.startswith(("http.", "url.")) for key in span.attributes),
        lambda span: bool({"http.status_code", "http.response.status_code"} & span.attributes.keys()),
    ),
    (
        "what went wrong (status message or exception)",
        lambda span: span.failed,
        lambda span: bool(
            span.attributes.get("status.message")
            or span.attributes.get("exception.message")
            or span.attributes.get("error.type")
            or str(span.attributes.get("error", "true")).casefold() not in {"true", "1"}
        ),
    ),
)


@check("OBS15", supports=("telemetry-gap",), refutes=("telemetry-gap",))
def missing_attributes(traces: Traces) -> Iterator[Finding]:
    """What spans do not carry that a diagnosis needs, as a request to those who instrument the service"""
    if traces.is_partial:
        yield not_told(f"{CUT}: what its spans carry cannot be judged.", "the rest of the file", next_step=WHOLE_FILE)
        return
    services: dict[str, list[Span]] = {}
    for span in traces.spans:
        services.setdefault(span.service, []).append(span)
    found: list[tuple[str, int, Lacking]] = []
    for service, spans in sorted(services.items()):
        lacking = [(what, missing) for what, asked, has in WANTED if (missing := _lacking(spans, asked, has))]
        if lacking:
            found.append((service, len(spans), lacking))
    if found:
        yield _wanted(found)
    elif traces.traces:
        yield passed("The spans carry what a diagnosis needs.", traces.traces[0].root.cite("span"))


def _wanted(found: list[tuple[str, int, Lacking]]) -> Finding:
    """One note, however many services: those that lack the most spans are named."""
    named = sorted(found, key=lambda one: -max(len(missing) for _, missing in one[2]))[:MOST_SERVICES]
    told = [_lack(*one) for one in named]
    more = len(found) - len(named)
    wanted = dict.fromkeys(what for _, _, lacking in found for what, _ in lacking)
    owners = ", ".join(service or "the service" for service, _, _ in named) + (f" and {more} more" if more else "")
    return noted(
        f"Spans of {'. Those of '.join(told)}{f'. {more} more services lack some' if more else ''}.",
        *(missing[0].cite("span", f"no {what}", what) for _, _, lacking in named for what, missing in lacking),
        side=Side.OUR_APP,
        next_step=f"Ask the owners of {owners} to record {', '.join(wanted)} on each span.",
    )


def _lack(service: str, count: int, lacking: Lacking) -> str:
    what = "; ".join(f"{name} in {len(missing)} of {count}" for name, missing in lacking)
    return f"{service or 'a service without a name'} lack: {what}"


def _lacking(spans: list[Span], asked: Callable[[Span], bool], has: Callable[[Span], bool]) -> list[Span]:
    """The spans that lack it; one of a few that has not is let pass."""
    missing = [span for span in spans if asked(span) and not has(span)]
    return missing if len(missing) * 10 >= len(spans) or any(span.failed for span in missing) else []
