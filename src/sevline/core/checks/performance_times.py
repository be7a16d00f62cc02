"""Durations of many requests: timeouts, shifts, who is slow, queues, limits, amplification, steps."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.mining.latency import MIN_N, Shift, Step, concurrency, largest_step, shift_between
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.moments import plain
from sevline.core.readers.pools import POOL, PoolLines
from sevline.core.readers.traffic import seconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Seconds at which clients, proxies and balancers give up.
TIMEOUTS = (10, 15, 20, 29, 30, 60, 75, 90, 100, 120, 300)

#: Of the requests that are looked at, the share that one tenant or endpoint must have to be what they have in common;
#: and of the slow ones, where its share of all is large.
ALIKE, NEARLY_ALL = 0.95, 0.8
#: Milliseconds from which people notice that they wait; of quicker requests it is noted who makes up the tail.
NOTICED = 500


def _few(log: Latencies) -> Finding:
    return not_told(
        f"Durations of {log.name or 'the requests'}.",
        f"at least {MIN_N} requests with durations (there are {len(log)})",
        next_step=f"{Latencies.how} {len(log)} requests are too few (n < {MIN_N}) to compare.",
    )


def utc(at: float) -> str:
    from datetime import UTC, datetime

    return plain(datetime.fromtimestamp(at, UTC))


@check("PERF03", supports=("timeout",), refutes=())
def timeout_signature(log: Latencies) -> Iterator[Finding]:
    """Durations pile up at a usual timeout"""
    import numpy as np

    for limit in TIMEOUTS:
        near = np.flatnonzero(np.abs(log.took - limit * 1000) <= 500)
        around = np.flatnonzero((np.abs(log.took - limit * 1000) > 500) & (np.abs(log.took - limit * 1000) <= 2_500))
        beyond = np.flatnonzero(log.took > limit * 1000 + 500)
        if len(near) >= 5 and len(near) > max(2 * len(around), len(beyond)):
            status = log.status[near]
            if ((status >= 100) & (status < 400)).all():
                yield _ended_in_time(log, near, limit)
                continue
            yield failed(
                f"{len(near)} of {len(log):,} requests took {limit} s (± 0.5 s), {len(around) or 'none'} a little less "
                f"or more: the signature of a timeout of {limit} s.{_alike(log, near)}",
                *(log.cite(int(index), _took(log, int(index)), f"not {limit} s") for index in near[:5]),
                side=Side.OUR_INFRA,
                next_step=f"Find the layer whose timeout is {limit} s (client, proxy, balancer, pool), and "
                "what the server was doing meanwhile.",
                sure=Confidence.STRONG,
            )


def _took(log: Latencies, index: int) -> str:
    """The time, and the status where the file tells one."""
    status = int(log.status[index])
    return f"{log.took[index]:.0f} ms" + (f", status {status}" if status > 0 else "")


def _alike(log: Latencies, near: "NDArray[np.intp]") -> str:
    """What these requests have in common and most of the others have not, and when the first of them began."""
    import numpy as np

    common = []
    for name, raw in log.dimensions.items():
        values = np.array(raw, dtype=object)
        key = values[near[0]]
        if key and (values[near] == key).mean() >= ALIKE and (values == key).mean() <= 0.5:
            common.append(f"{name} {key}")
    return f" They are of {' and '.join(common)}, the first at {utc(float(log.at[near].min()))}." if common else ""


def _ended_in_time(log: Latencies, near: "NDArray[np.intp]", limit: int) -> Finding:
    """Requests that all succeeded may have waited on purpose, as long polls do."""
    return warned(
        f"{len(near)} of {len(log):,} requests took {limit} s (± 0.5 s), and each of them succeeded: a long poll or a "
        f"stream that is renewed every {limit} s, or a timeout behind the server that it covers up.",
        *(log.cite(int(index), _took(log, int(index))) for index in near[:5]),
        side=Side.UNKNOWN,
        next_step="Ask whether this address waits on purpose; if not, look for a timeout of that length behind it.",
        sure=Confidence.HINT,
    )


@check("PERF04", supports=("regression",), refutes=("regression",))
def shifted(logs: tuple[Latencies, ...]) -> Iterator[Finding]:
    """Latency before and after: percentiles, Mann-Whitney test, effect size, and n"""
    if not logs:
        yield not_told("Whether latency has shifted.", Latencies.what, next_step=Latencies.how)
        return
    ordered = sorted((log for log in logs if len(log)), key=lambda log: float(log.at[len(log) // 2]))
    if len(ordered) >= 2:
        for before, after in pairwise(ordered[:4]):
            few = [log for log in (before, after) if len(log) < MIN_N]
            if few:
                yield from map(_few, few)
            else:
                yield _judged(shift_between(before.took, after.took), before, after)
        return
    log = ordered[0]
    if len(log) < 2 * MIN_N:
        yield _few(log)
        return
    step = largest_step(log.at, log.took)
    if step is None:
        yield passed(
            f"Latency of {len(log):,} requests does not shift.",
            log.cite(len(log) // 2, f"p95 {_p(log.took, 95)}"),
            sure=Confidence.STRONG,
        )
        return
    yield warned(
        f"Latency shifts at {utc(step.at)}: {_told(step.shift)}",
        log.cite(step.index - 1, f"before: p95 {seconds(step.shift.p95[0] / 1000)}"),
        log.cite(step.index, f"after: p95 {seconds(step.shift.p95[1] / 1000)}", "as before"),
        side=Side.UNKNOWN,
        next_step=_hardest(log, step) + "List deploys, flags and configuration changes around that time.",
    )


def _judged(shift: Shift, before: Latencies, after: Latencies) -> Finding:
    told = f"Latency from {utc(float(before.at[0]))} to {utc(float(after.at[0]))}: {_told(shift)}"
    cites = (
        before.cite(_at_p95(before.took), f"p95 {seconds(shift.p95[0] / 1000)}"),
        after.cite(_at_p95(after.took), f"p95 {seconds(shift.p95[1] / 1000)}", "as before"),
    )
    if shift.worse:
        worst = _worst_group(before, after)
        return failed(
            f"{told}{worst}",
            *cites,
            side=Side.UNKNOWN,
            next_step="List what changed between the two windows; take the endpoint named first.",
            sure=Confidence.STRONG,
        )
    return passed(told, *cites, sure=Confidence.STRONG)


def _told(shift: Shift) -> str:
    return (
        f"p50 {seconds(shift.p50[0] / 1000)} → {seconds(shift.p50[1] / 1000)}, p95 "
        f"{seconds(shift.p95[0] / 1000)} → {seconds(shift.p95[1] / 1000)} "
        f"({shift.ratio:.2f}x), p99 {seconds(shift.p99[0] / 1000)} → {seconds(shift.p99[1] / 1000)}; n = "
        f"{shift.n[0]:,} and {shift.n[1]:,}, "
        f"effect size {shift.effect:+.2f}, p {shift.p_text}."
    )


def _p(took: "NDArray[np.float64]", share: float) -> str:
    import numpy as np

    return seconds(float(np.percentile(took, share)) / 1000)


def _at_p95(took: "NDArray[np.float64]") -> int:
    import numpy as np

    return int(np.argmin(np.abs(took - np.percentile(took, 95))))


def _groups(log: Latencies, name: str) -> dict[str, "NDArray[np.float64]"]:
    import numpy as np

    values = np.array(log.dimensions.get(name, ()), dtype=object)
    return {key: log.took[values == key] for key in dict.fromkeys(values)} if len(values) else {}


def _worst_group(before: Latencies, after: Latencies) -> str:
    """The endpoint, tenant or region whose p95 grew most, of those with enough requests on both sides."""
    import numpy as np

    told = []
    for name in ("endpoint", "tenant", "region", "version"):
        old, new = _groups(before, name), _groups(after, name)
        grown = [
            (float(np.percentile(new[key], 95) / max(np.percentile(old[key], 95), 1.0)), key)
            for key in new
            if key and key in old and min(len(new[key]), len(old[key])) >= MIN_N
        ]
        if len(grown) > 1:
            ratio, key = max(grown)
            told.append(
                f" The {name} that suffered most is {key} ({ratio:.2f}x, n = {len(old[key]):,} and {len(new[key]):,})."
            )
    return "".join(told)


def _hardest(log: Latencies, step: Step) -> str:
    import numpy as np

    values = np.array(log.dimensions.get("endpoint", ()), dtype=object)
    if not len(values):
        return ""
    grown = []
    for key in dict.fromkeys(values):
        old, new = (
            log.took[: step.index][values[: step.index] == key],
            log.took[step.index :][values[step.index :] == key],
        )
        if min(len(old), len(new)) >= MIN_N:
            grown.append((float(np.percentile(new, 95) / max(np.percentile(old, 95), 1.0)), key))
    return f"The endpoint that suffered most is {max(grown)[1]} ({max(grown)[0]:.2f}x). " if len(grown) > 1 else ""


@check("PERF05", supports=("slow-tenant", "slow-endpoint"), refutes=())
def who_is_slow(log: Latencies) -> Iterator[Finding]:
    """One tenant, endpoint, region or version makes up the slow tail"""
    import numpy as np

    if len(log) < MIN_N:
        yield _few(log)
        return
    if not log.dimensions:
        yield not_told(
            "Who makes up the slow tail.",
            "endpoint, tenant, region or version of each request",
            next_step=Latencies.how,
        )
        return
    edge = float(np.percentile(log.took, 95))
    slow = log.took >= max(edge, 1.0)
    for name, raw in log.dimensions.items():
        values = np.array(raw, dtype=object)
        for key in dict.fromkeys(values):
            mine = values == key
            share, share_slow = float(mine.mean()), float(mine[slow].mean())
            n = int((mine & slow).sum())
            if key and n >= 10 and share <= 0.5 and share_slow >= 0.5 and _stands_out(share, share_slow):
                first = int(np.argmax(np.where(mine & slow, log.took, -1.0)))
                judge = warned if float(np.median(log.took[mine & slow])) >= NOTICED else noted
                yield judge(
                    f"The {name} {key} makes up {share_slow:.0%} of the slowest 5 % and {share:.0%} of all "
                    f"requests (n = {n} of {int(slow.sum())}).",
                    log.cite(first, f"{log.took[first]:.0f} ms", f"under {edge:.0f} ms"),
                    side=Side.OUR_APP,
                    next_step=f"Compare a slow and a quick request of this {name}: data volume, plan of its "
                    "queries, cache.",
                )


def _stands_out(share: float, share_slow: float) -> bool:
    """Three times its share of all, or, of what is a larger share, nearly all of the slow ones."""
    odds, odds_slow = share * (1 - share_slow), share_slow * (1 - share)
    return share_slow >= 3 * share or (share_slow >= NEARLY_ALL and odds_slow >= 8 * odds)


@check("PERF06", supports=("queueing", "pool-exhausted"), refutes=())
def queueing(
    measured: tuple[Latencies, ...], calls: tuple[Traffic, ...], said: tuple[PoolLines, ...]
) -> Iterator[Finding]:
    """Latency grows with concurrency, or a pool says that it is exhausted"""
    yield from map(_pool_lines, said)
    yield from _pool_answers(calls)
    for log in measured:
        yield from _grown(log)
    if not measured and not said:
        yield not_told("Whether requests wait for one another.", Latencies.what, next_step=Latencies.how)


def _pool_lines(log: PoolLines) -> Finding:
    return failed(
        f"The log says {'once' if log.count == 1 else f'{log.count:,} times'} that a pool is exhausted: "
        f"“{log.places[0][1][:120]}”.",
        *(log.cite(line, words) for line, words in log.places),
        side=Side.OUR_APP,
        next_step="Compare the pool's size with the number of requests at once; look who holds connections for long.",
        sure=Confidence.STRONG,
    )


def _pool_answers(calls: tuple[Traffic, ...]) -> Iterator[Finding]:
    for traffic in calls:
        for call in traffic.exchanges:
            if call.status >= 500 and (told := POOL.search(call.response_body[:20_000])):
                yield failed(
                    f"{call.opening} answered {call.status}, and its body speaks of an exhausted pool: "
                    f"“{told[0][:100]}”.",
                    call.cite("body", told[0][:100], "a free connection"),
                    side=Side.OUR_APP,
                    next_step="Compare the pool's size with the number of requests at once, and look who holds "
                    "connections for long.",
                )
                break


def _grown(log: Latencies) -> Iterator[Finding]:
    if len(log) < MIN_N:
        yield _few(log)
        return
    grown = concurrency(log.at, log.took)
    if grown.rho >= 0.5 and grown.slow >= 2 * grown.quick and grown.high >= grown.low + 4:
        yield warned(
            f"Latency grows with concurrency (rank correlation {grown.rho:.2f}): median "
            f"{seconds(grown.quick / 1000)} with up to {grown.low} requests at once, "
            f"{seconds(grown.slow / 1000)} with {grown.high} and more (n = {len(log):,}).",
            log.cite(grown.peak, f"{grown.most} requests at once", f"up to {grown.low}"),
            side=Side.OUR_INFRA,
            next_step="Look for what is limited: workers, threads, a pool, a lock. A queue grows while it is "
            "full and drains afterwards.",
            sure=Confidence.HINT,
        )


@check("PERF07", supports=("rate-limit",), refutes=())
def limited_first(log: Latencies) -> Iterator[Finding]:
    """429 answers come before the slowness"""
    import numpy as np

    limited = np.flatnonzero(log.status == 429)
    if not len(limited) or len(log) < MIN_N:
        return
    step = largest_step(log.at, log.took)
    first = int(limited[0])
    if step is not None and log.at[first] <= step.at and step.shift.worse:
        yield warned(
            f"The first of {len(limited)} answers with 429 came {seconds(step.at - float(log.at[first]))} "
            f"before latency rose at {utc(step.at)}: clients that wait or retry look slow.",
            log.cite(first, "429", "below the limit"),
            log.cite(step.index, f"{log.took[step.index]:.0f} ms", "as before"),
            side=Side.CUSTOMER_CLIENT,
            next_step="Settle the limit first (API09), then measure again.",
            sure=Confidence.HINT,
        )
    else:
        yield noted(
            f"{len(limited)} of {len(log):,} requests were answered with 429; latency did not rise after them.",
            log.cite(first, "429"),
        )


@check("PERF09", supports=("retry-storm",), refutes=("retry-storm",))
def amplification(traffic: Traffic) -> Iterator[Finding]:
    """How much retries multiply the load"""
    senders = traffic.by_sender()
    cited = [place for calls in senders for place in _repeated(calls)]
    sent = sum(len(calls) for calls in senders)
    if sent < 2:  # one call shows nothing of retries
        return
    retries, logical = len(cited), max(sent - len(cited), 1)
    factor = sent / logical
    calls = "1 call" if logical == 1 else f"{logical:,} calls"
    sentence = f"{calls} became {sent:,} requests: retries multiply the load by {factor:.2f}."
    if not retries:
        sentence = f"Each of {sent:,} requests was sent once: no retries add to the load."
    if retries >= 5 and factor >= 1.2:
        yield warned(
            sentence,
            *cited[:5],
            side=Side.CUSTOMER_CLIENT,
            next_step="Limit attempts, let waits grow with jitter, and stop retrying while most calls fail "
            "(a budget of 10 %).",
        )
    else:
        yield passed(sentence, senders[0][0].cite("started", "first call"))


def _repeated(calls: list[Exchange]) -> Iterator[Evidence]:
    """The calls of one sender that repeat one of its own that failed."""
    last: dict[tuple[str, str, str], Exchange] = {}
    for call in calls:
        before = last.get((call.method, call.url, call.request_body))
        last[(call.method, call.url, call.request_body)] = call
        if before is not None and _repeats(before, call):
            yield call.cite("started", f"repeats {before.status or 'a failure'}", "one call")


def _repeats(before: Exchange, call: Exchange) -> bool:
    """The call before failed, at most a minute ago."""
    bad = before.status >= 500 or before.status in {0, 429}
    known = before.started is not None and call.started is not None
    return bad and known and (call.started - before.started).total_seconds() <= 60  # type: ignore[operator]


@check("PERF10", supports=("cold-start",), refutes=())
def cold_start(log: Latencies) -> Iterator[Finding]:
    """The first requests after a pause are slow, then it is quick: a cold start"""
    import numpy as np

    if len(log) < 20:
        return
    gaps = np.diff(log.at, prepend=log.at[0] - 1e9)
    usual = float(np.median(np.diff(log.at))) if len(log) > 1 else 0.0
    starts = np.flatnonzero(gaps >= max(300.0, 20 * usual))
    rest = np.ones(len(log), dtype=bool)
    rest[starts] = False
    warm = float(np.median(log.took[rest])) if rest.any() else 0.0
    slow = [int(index) for index in starts if log.took[index] >= max(5 * warm, 1_000.0)]
    if len(slow) >= 2 and len(slow) >= 0.8 * len(starts):
        yield warned(
            f"After {len(slow)} of {len(starts)} pauses the first request is slow "
            f"({seconds(float(np.median(log.took[slow])) / 1000)}, later ones {seconds(warm / 1000)}): a cold start.",
            *(
                log.cite(
                    index, f"{log.took[index]:.0f} ms after a pause of {_pause(gaps[index])}", f"about {warm:.0f} ms"
                )
                for index in slow[:4]
            ),
            side=Side.OUR_INFRA,
            next_step="Keep one instance warm, or load caches and connections before taking traffic.",
        )


def _pause(gap: float) -> str:
    return "the start of the log" if gap > 1e8 else seconds(float(gap))
