"""How deliveries are answered and retried: classes of answers, schedule, window, Retry-After, disabled endpoints."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from sevline.core.checks.api_rate_limit import wait_of
from sevline.core.finding import Confidence, Finding, Side, check, failed, noted, passed, warned
from sevline.core.lasting import lasting
from sevline.core.readers.deliveries import Deliveries, Delivery
from sevline.core.readers.moments import plain
from sevline.core.readers.traffic import seconds

#: Waits of the Standard Webhooks schedule, in seconds; together 75 h 35 min 5 s.
STANDARD = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
WINDOW = sum(STANDARD)
CONSECUTIVE = 20
MEANINGS = {
    "3xx": ("a redirect counts as a failure and is not followed", "Give the sender the final address of the endpoint."),
    "401 or 403": (("the receiver refuses "
                   "the sender"), "Check allow list, authentication and signature check on the receiver."),
    "404": ("there is no such address at the receiver", "Compare the endpoint's URL with the receiver's routes."),
    "410": (("the receiver says that it is gone "
            "for good"), "Senders disable such an endpoint; enable it again after mending."),
    "429": (("the receiver limits "
            "the rate"), "Let the receiver take the message and answer first, then work on it from a queue."),
    "other 4xx": ("the receiver refuses the message", "Look at the receiver's log for the reason it gives."),
    "5xx": ("the receiver fails", "Look at the receiver's log at these times."),
    "no response": ("there was no answer at all", ("Look at the error of the attempt: name, connection, TLS or "
                                                  "timeout.")),
}  # fmt: skip


def class_of(attempt: Delivery) -> str:
    if attempt.ok:
        return ""
    status = attempt.status
    if status in {404, 410, 429}:
        return str(status)
    if status in {401, 403}:
        return "401 or 403"
    return {3: "3xx", 4: "other 4xx", 5: "5xx"}.get(status // 100, "no response")


@check("WH04", supports=("webhook-receiver",), refutes=("webhook-receiver",))
def answers(log: Deliveries) -> Iterator[Finding]:
    """How endpoints answer, by class, and what the class means for retries"""
    for endpoint, attempts in log.by_endpoint.items():
        classes = Counter(class_of(attempt) for attempt in attempts)
        good = classes.pop("", 0)
        if not classes:
            yield passed(
                f"All {good} attempts{_at(endpoint)} were answered with success.", log.cite(attempts[0], "2xx")
            )
            continue
        worst, count = classes.most_common(1)[0]
        meaning, step = MEANINGS[worst]
        told = ", ".join(f"{name}: {amount}" for name, amount in classes.most_common())
        alike = [attempt for attempt in attempts if class_of(attempt) == worst]
        why = _why_none(alike)
        lost = _undelivered(attempts)
        judge = failed if lost and count * 20 >= len(attempts) else warned
        yield judge(
            f"{sum(classes.values())} of {len(attempts)} attempts{_at(endpoint)} failed ({told}); most often "
            f"{meaning}{why}." + ("" if lost else " Every one of these events was delivered by another attempt."),
            *(log.cite(each, each.error or each.status or "no response", "2xx") for each in alike[:4]),
            side=Side.CUSTOMER_CLIENT,
            next_step=step,
        )


def _why_none(attempts: Sequence[Delivery]) -> str:
    """The error that attempts name most, if they got no answer."""
    said = Counter(each.error[:80] for each in attempts if each.error and class_of(each) == "no response")
    return f" (“{said.most_common(1)[0][0]}”)" if said else ""


def _undelivered(attempts: Sequence[Delivery]) -> set[str]:
    """Events of which no attempt succeeded."""
    return {each.event for each in attempts} - {each.event for each in attempts if not class_of(each)}


def _named(endpoint: str) -> str:
    return _at(endpoint).removeprefix(" to")


def _at(endpoint: str) -> str:
    return f" to {endpoint.split('?', 1)[0][:120]}" if endpoint else ""


@check("WH05", supports=("webhook-schedule",), refutes=("webhook-schedule",))
def schedule_kept(log: Deliveries) -> Iterator[Finding]:
    """Waits between attempts follow the retry schedule within 20 %"""
    gaps = _gaps(log)
    if not gaps:
        return
    usual = [median(gap for gap, _ in gaps[number]) for number in sorted(gaps)]
    standard = all(map(_near, usual, STANDARD))
    first = log.cite(gaps[min(gaps)][0][1], seconds(usual[0]))
    if not standard and max(map(len, gaps.values())) < 5:
        yield noted(
            f"Retries wait {', '.join(map(seconds, usual[:8]))}; the schedule they should follow is not known.",
            first,
            next_step="Compare these waits with the sender's documented retry schedule.",
        )
        return
    policy, name = (STANDARD, "the Standard Webhooks schedule") if standard else (usual, "this log's own usual waits")
    off = _off(gaps, policy)
    total = sum(map(len, gaps.values()))
    if not off:
        yield passed(f"All {total} retries follow {name} within 20 %.", first)
        return
    yield warned(
        f"{len(off)} of {total} retries are off {name} by more than 20 %.",
        *(log.cite(after, f"{seconds(gap)} later", f"about {seconds(want)}") for gap, want, after in off[:5]),
        side=Side.OUR_INFRA,
        next_step="Look at the retry queue at these times: a backlog makes waits long, a second worker or a manual "
        "resend makes them short.",
    )


def _off(
    gaps: Mapping[int, Sequence[tuple[float, Delivery]]], policy: Sequence[float]
) -> list[tuple[float, float, Delivery]]:
    """Retries that are off the policy: how long they waited, how long they should, and the retry."""
    pairs = [(gap, want, after) for number, want in enumerate(policy) for gap, after in gaps.get(number, ())]
    return [pair for pair in pairs if not _near(pair[0], pair[1])]


def _gaps(log: Deliveries) -> dict[int, list[tuple[float, Delivery]]]:
    """Seconds before each retry, by its number, and the retry."""
    found: dict[int, list[tuple[float, Delivery]]] = {}
    for attempts in log.by_event.values():
        for number, (before, after) in enumerate(pairwise(attempts)):
            if not before.ok:
                found.setdefault(number, []).append(((after.at - before.at).total_seconds(), after))
    return found


def _near(have: float, want: float) -> bool:
    return abs(have - want) <= 0.2 * want + 1


@check("WH06", supports=("webhook-lost",), refutes=("webhook-lost",))
def lost_or_retrying(log: Deliveries) -> Iterator[Finding]:
    """Events that never arrived: lost, or still within the window of retries"""
    failing = [attempts for attempts in log.by_event.values() if not any(attempt.ok for attempt in attempts)]
    if not failing:
        done = log.cite(log.attempts[0], "delivered")
        yield passed(f"Each of {len(log.by_event)} events was delivered at last.", done)
        return
    tries = max(map(len, log.by_event.values()))
    lost = [each for each in failing if _is_lost(log, each, tries)]
    waiting = [each for each in failing if not _is_lost(log, each, tries)]
    if lost:
        yield _lost(log, lost)
    if waiting:
        yield warned(
            f"{len(waiting)} of {len(log.by_event)} events have not arrived yet and may still be retried.",
            *(
                log.cite(each[-1], f"attempt {each[-1].attempt or len(each)} failed", "a success")
                for each in waiting[:5]
            ),
            side=Side.CUSTOMER_CLIENT,
            next_step="Mend the endpoint before the retry window ends; export the log again afterwards.",
        )


def _is_lost(log: Deliveries, attempts: Sequence[Delivery], tries: int) -> bool:
    """It used up its attempts, or the next one is long overdue."""
    return len(attempts) >= tries or (log.end - attempts[-1].at).total_seconds() > _next_wait(log, attempts)


def _lost(log: Deliveries, lost: Sequence[Sequence[Delivery]]) -> Finding:
    longest = max(map(_span, log.by_event.values()))
    first, last = min(each[0].at for each in lost), max(each[-1].at for each in lost)
    ends = [(each[-1], each[-1].attempt or len(each)) for each in lost[:5]]
    retrying = f"the longest retrying lasted {lasting(longest)}" if longest else "no event was tried again"
    return failed(
        f"{len(lost)} of {len(log.by_event)} events were lost: no attempt succeeded and none follows. "
        f"They fall between {plain(first)} and {plain(last)}; {retrying}.",
        *(log.cite(end, f"attempt {number} failed, none after it", "a success") for end, number in ends),
        side=Side.OUR_INFRA,
        next_step="Send these events again from the outbox once the endpoint answers; compare the outage with the "
        "retry window.",
    )


def _span(attempts: Sequence[Delivery]) -> float:
    return (attempts[-1].at - attempts[0].at).total_seconds()


def _next_wait(log: Deliveries, attempts: Sequence[Delivery]) -> float:
    """Seconds the next attempt may take: twice this log's wait after so many attempts, else twice its longest wait."""
    number = len(attempts)
    waits = [
        (each[number].at - each[number - 1].at).total_seconds() for each in log.by_event.values() if len(each) > number
    ]
    every = [
        (after.at - before.at).total_seconds() for each in log.by_event.values() for before, after in pairwise(each)
    ]
    return 2 * median(waits) + 60 if waits else 2 * max(every, default=0.0) + 60


@check("WH07", supports=("webhook-schedule",), refutes=())
def retry_after_obeyed(log: Deliveries) -> Iterator[Finding]:
    """The sender waits as long as the receiver's Retry-After asks"""
    early = []
    asked_at_all: list[Delivery] = []
    for attempts in log.by_event.values():
        for before, after in pairwise(attempts):
            asked = wait_of(before.retry_after, before.at) if before.retry_after else None
            if asked is None:
                continue
            asked_at_all.append(before)
            waited = (after.at - before.at).total_seconds()
            if waited < asked * 0.9:
                early.append((asked, waited, after))
    if early:
        asked, waited, _ = early[0]
        yield failed(
            f"The sender came back too early {len(early)} times: told to wait {seconds(asked)}, it waited "
            f"{seconds(waited)}.",
            *(
                log.cite(after, f"after {seconds(wait)}", f"at least {seconds(want)}")
                for want, wait, after in early[:5]
            ),
            side=Side.OUR_APP,
            next_step="Let the sender take the larger of its own wait and Retry-After.",
        )
    elif asked_at_all:
        yield passed("Retry-After was obeyed.", log.cite(asked_at_all[0], asked_at_all[0].retry_after))


@check("WH08", supports=("webhook-disabled",), refutes=())
def endpoint_disabled(log: Deliveries) -> Iterator[Finding]:
    """Endpoints that were switched off: 410, or many failures in a row and nothing after them"""
    for endpoint, attempts in log.by_endpoint.items():
        run = _run_of_failures(attempts)
        last, reason = _switched_off(log, attempts, run)
        if last is not None:
            after = sum(1 for attempt in attempts if attempt.at > last.at)
            yield failed(
                f"The endpoint{_named(endpoint)} looks disabled since {plain(last.at)}: {reason}, "
                f"and {after} attempts follow.",
                log.cite(last, last.error or last.status, "an endpoint that answers 2xx"),
                side=Side.CUSTOMER_CLIENT,
                next_step="Mend the endpoint, enable it again in the webhook settings, then send what was missed.",
                sure=Confidence.PROOF if last.status == 410 else Confidence.STRONG,
            )
        elif len(run) >= CONSECUTIVE:
            yield warned(
                f"The endpoint{_named(endpoint)} failed {len(run)} times in a row; many senders disable such a one.",
                *(log.cite(each, each.error or each.status or "no response", "2xx") for each in (run[0], run[-1])),
                side=Side.CUSTOMER_CLIENT,
                next_step="Look at the receiver since the first of these failures.",
            )


def _switched_off(
    log: Deliveries, attempts: Sequence[Delivery], run: Sequence[Delivery]
) -> tuple[Delivery | None, str]:
    """The attempt that shows it and how; None where nothing does."""
    for attempt in attempts:
        if attempt.status == 410:
            return attempt, "it answered 410"
        if "disabled" in attempt.error.lower():
            return attempt, f"the log says “{attempt.error[:80]}”"
    silent = len(log.by_endpoint) > 1 and (log.end - attempts[-1].at).total_seconds() > 3_600
    return (run[-1], f"{len(run)} failures in a row") if silent and len(run) >= CONSECUTIVE else (None, "")


def _run_of_failures(attempts: Sequence[Delivery]) -> list[Delivery]:
    """Failures at the end of what is known of an endpoint."""
    run: list[Delivery] = []
    for attempt in reversed(attempts):
        if attempt.ok:
            break
        run.append(attempt)
    return run[::-1]
