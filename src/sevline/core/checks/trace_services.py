"""What many traces show together: which version fails, which service failed first, what the spans do not tell."""

from collections.abc import Callable, Iterator

from sevline.core.checks.trace_paths import CUT, WHOLE_FILE, duration
from sevline.core.finding import Confidence, Finding, Side, check, not_told, noted, passed, warned
from sevline.core.readers.spans import Span, Traces

LEAST_SPANS = 10
LEAST_RATIO = 2.0
LEVEL = 0.01
MOST_SERVICES = 3

#: What spans lack, with the spans that lack it.
Lacking = list[tuple[str, list[Span]]]


@check("OBS11", supports=("bad-release",), refutes=("bad-release",))
def versions(traces: Traces) -> Iterator[Finding]:
    """Errors by version of a service: whether one version fails more often than the others"""
    services: dict[str, dict[str, list[Span]]] = {}
    for span in traces.spans:
        if span.version:
            services.setdefault(span.service, {}).setdefault(span.version, []).append(span)
    compared = False
    for service, found in sorted(services.items()):
        enough = {version: spans for version, spans in found.items() if len(spans) >= LEAST_SPANS}
        if len(enough) < 2:
            continue
        compared = True
        yield _by_version(service, enough)
    if not compared:
        yield not_told(
            "Whether one version fails more often cannot be told: no service has ten spans of each of two versions.",
            "spans of two versions of one service",
            next_step="Export traces from before and after the release, with the resource attribute service.version.",
        )


def _by_version(service: str, found: dict[str, list[Span]]) -> Finding:
    from scipy.stats import fisher_exact

    def share(version: str) -> float:
        return sum(span.failed for span in found[version]) / len(found[version])

    worst = max(sorted(found), key=share)
    rest = [span for version, spans in found.items() if version != worst for span in spans]
    bad, bad_rest = sum(span.failed for span in found[worst]), sum(span.failed for span in rest)
    table = [[bad, len(found[worst]) - bad], [bad_rest, len(rest) - bad_rest]]
    chance = float(fisher_exact(table, alternative="greater").pvalue)
    others = bad_rest / len(rest)
    said = (
        f"{service}: {bad} of {len(found[worst])} spans failed in version {worst}, {bad_rest} of {len(rest)} in the "
        f"others (Fisher's exact test, p = {chance:.2g})"
    )
    first = next((span for span in found[worst] if span.failed), found[worst][0])
    if chance < LEVEL and share(worst) >= LEAST_RATIO * others:
        return warned(
            f"{said}. Correlated, not proven.",
            first.cite("status", f"version {worst}", "no error"),
            side=Side.OUR_APP,
            next_step=f"Compare the same requests on both versions; look at what {worst} changed.",
        )
    return passed(f"{said}: no version stands out.", first.cite("span"), sure=Confidence.STRONG)


@check("OBS12", supports=("failing-dependency",))
def cascade(traces: Traces) -> Iterator[Finding]:
    """Which service failed first in time, and which followed"""
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
