"""Background jobs: dead letters with their first error, retries, jobs that never start or never end, cohorts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from sevline.core.finding import Confidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.jobs import JobEvent, JobLog
from sevline.core.readers.traffic import seconds

STUCK = 3_600.0
#: Dead letters that are told one by one; the others stand in one finding.
MOST_DEAD = 20


@check("JOB01", supports=("job-failure",), refutes=("job-failure",))
def dead_letters(log: JobLog) -> Iterator[Finding]:
    """Jobs that ended as dead letters, each with its first error"""
    dead = [
        (events, next(each for each in events if each.state == "dead"))
        for events in log.jobs.values()
        if any(each.state == "dead" for each in events)
    ]
    given_up = [events for events in log.jobs.values() if _is_given_up(events)]
    if given_up:
        yield _given_up(log, given_up)
    elif not dead:
        yield passed(
            f"None of {len(log.jobs)} jobs ended as a dead letter.", log.cite(log.events[0], log.events[0].state)
        )
    for events, end in dead[:MOST_DEAD]:
        yield _dead(log, events, end, len(dead))
    if others := dead[MOST_DEAD:]:
        yield _dead_too(log, others, len(dead))


def _dead(log: JobLog, events: Sequence[JobEvent], end: JobEvent, count: int) -> Finding:
    first = next((each for each in events if each.error), end)
    tries = sum(1 for each in events if each.state in {"retried", "failed"})
    return failed(
        f"Job {end.job}{' (' + end.kind + ')' if end.kind else ''} ended as a dead letter after {tries} "
        "failure(s); "
        f"its first error: “{first.error[:160] or 'none recorded'}” ({count} of {len(log.jobs)} jobs).",
        log.cite(first, first.error[:160] or first.state, "no error"),
        log.cite(end, end.state, "done"),
        side=Side.OUR_APP,
        next_step="Mend what the first error names, then put the job back into its queue; check that "
        "running it twice does no harm.",
    )


def _dead_too(log: JobLog, others: Sequence[tuple[Sequence[JobEvent], JobEvent]], count: int) -> Finding:
    """The dead letters beyond those that are told one by one, with the error that most of them began with."""
    firsts = [next((each for each in events if each.error), end) for events, end in others]
    often, times = Counter(first.error[:160] or "none recorded" for first in firsts).most_common(1)[0]
    return failed(
        f"{len(others):,} more jobs ended as dead letters ({count:,} of {len(log.jobs):,} jobs). Their most frequent "
        f"first error ({times:,}): “{often}”.",
        *(log.cite(first, first.error[:160] or first.state, "no error") for first in firsts[:5]),
        side=Side.OUR_APP,
        next_step="Mend what the most frequent error names first; then count again what is left in the dead letters.",
    )


def _is_given_up(events: Sequence[JobEvent]) -> bool:
    """Whether the last that is told of a job is a failure, and not that it waits for its next try."""
    return events[-1].state == "failed" and all(one.state != "dead" for one in events)


def _given_up(log: JobLog, given_up: Sequence[Sequence[JobEvent]]) -> Finding:
    """Queues without dead letters, such as Celery's, drop a job that failed; others may keep it for another try."""
    ends = [events[-1] for events in given_up]
    errors = Counter(end.error[:120] for end in ends if end.error)
    often, count = errors.most_common(1)[0] if errors else ("none recorded", len(ends))
    kinds = Counter(end.kind for end in ends if end.kind).most_common(1)
    most = f"; most are of {kinds[0][0]}" if kinds else ""
    return warned(
        f"{len(ends)} of {len(log.jobs)} jobs failed, and no later try of them is told{most}. The most frequent error "
        f"({count}): “{often}”.",
        *(log.cite(end, end.error[:160] or end.state, "done") for end in ends[:5]),
        side=Side.OUR_APP,
        next_step="Ask whether the queue tries these jobs again; if not, mend what the error names and start them.",
        sure=Confidence.STRONG,
    )


@check("JOB02", supports=("job-stuck",), refutes=())
def stuck(log: JobLog) -> Iterator[Finding]:
    """Jobs that were queued and never started, or started and never ended"""
    for state, what, step in (
        ("queued", "wait to be started", "Look at the workers of this queue: none running, or all busy."),
        (
            "started",
            "were started and never ended",
            "Look for a worker that was killed at that time; its lease has to end so that another one takes the job.",
        ),
    ):
        held = [events[-1] for events in log.jobs.values() if events[-1].state == state]
        patience = {kind: STUCK if state == "queued" else _patience(log, kind) for kind in {each.kind for each in held}}
        old = [each for each in held if (log.end - each.at).total_seconds() >= patience[each.kind]]
        if old:
            oldest = min(old, key=lambda each: each.at)
            queues = Counter(each.queue for each in old if each.queue)
            yield failed(
                f"{len(old)} jobs {what}, the oldest for {seconds((log.end - oldest.at).total_seconds())}"
                f"{'; most in the queue ' + queues.most_common(1)[0][0] if queues else ''}.",
                *(log.cite(each, each.state, "done") for each in sorted(old, key=lambda one: one.at)[:4]),
                side=Side.OUR_INFRA,
                next_step=step,
                sure=Confidence.STRONG,
            )


def _patience(log: JobLog, kind: str) -> float:
    """Seconds from which on a job that runs is stuck: where many of its kind have ended, twenty times what the longest
    took."""
    took = [
        (events[-1].at - start.at).total_seconds()
        for events in log.jobs.values()
        if events[-1].state == "done"
        and events[-1].kind == kind
        and (start := next((one for one in events if one.state == "started"), None))
    ]
    return min(STUCK, max(60.0, 20 * max(took))) if len(took) >= 10 else STUCK


@check("JOB03", supports=("queue-backlog",), refutes=("queue-backlog",))
def age(log: JobLog) -> Iterator[Finding]:
    """How long jobs wait in the queue, and whether the wait grows"""
    waits = [
        (start.at.timestamp(), (start.at - first.at).total_seconds(), start)
        for first, start in map(_start, log.jobs.values())
        if first and start
    ]
    if len(waits) < 10:
        yield not_told("How long jobs wait.", "queued and started times of at least 10 jobs", next_step=JobLog.how)
        return
    waits.sort(key=lambda each: each[0])
    half = len(waits) // 2
    early, late = median(each[1] for each in waits[:half]), median(each[1] for each in waits[half:])
    worst = max(waits, key=lambda each: each[1])
    if late > 3 * max(early, 1.0) and late > 30:
        yield warned(
            f"The wait in the queue grows from {seconds(early)} to {seconds(late)} (medians of the two halves, "
            f"n = {len(waits)}).",
            log.cite(worst[2], f"waited {seconds(worst[1])}", f"about {seconds(early)}"),
            side=Side.OUR_INFRA,
            next_step="Compare arrivals and finished jobs a minute; add workers or find the kind of job that "
            "holds them.",
        )
    else:
        yield passed(
            f"Jobs wait {seconds(median(each[1] for each in waits))} at the median (n = {len(waits)}).",
            log.cite(worst[2], f"longest {seconds(worst[1])}"),
        )


def _start(events: Sequence[JobEvent]) -> tuple[JobEvent | None, JobEvent | None]:
    first = next((each for each in events if each.state == "queued"), None)
    return first, next((each for each in events if each.state == "started"), None)


@check("JOB04", supports=("job-failure", "rollout"), refutes=())
def failing_kind(log: JobLog) -> Iterator[Finding]:
    """One kind of job, queue or cohort makes up the failures"""
    bad = {job for job, events in log.jobs.items() if _bad(events)}
    for name in ("kind", "queue", "cohort", "tenant") if len(bad) >= 5 else ():
        groups = {job: _told(events, name) for job, events in log.jobs.items()}
        key, count = Counter(groups[job] for job in bad).most_common(1)[0]
        share = Counter(groups.values())[key] / len(groups)
        if not key or share > 0.5 or count < 0.8 * len(bad):
            continue
        example = _bad(next(log.jobs[job] for job in log.jobs if job in bad and groups[job] == key))[0]
        yield warned(
            f"{count} of {len(bad)} failing jobs are of {name} {key}, which makes up {share:.0%} of all jobs.",
            log.cite(example, example.error[:120] or example.state, "done"),
            side=Side.OUR_APP,
            next_step=f"Compare this {name} with the others: its last change, its data, its dependencies.",
        )


def _bad(events: Sequence[JobEvent]) -> list[JobEvent]:
    return [each for each in events if each.state in {"failed", "dead", "retried"}]


def _told(events: Sequence[JobEvent], name: str) -> str:
    values: list[str] = [getattr(each, name) for each in events]
    return next((value for value in values if value), "")
