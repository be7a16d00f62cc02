from datetime import timedelta

import pytest
from tests import foreign
from tests.evidence import START, found, states

from sevline.core.finding import Given, State

HEAD = "job_id,state,timestamp,queue,job_class,error,cohort"


def log(*rows: tuple[str, str, float, str, str]) -> list[Given]:
    """Rows as (job, state, seconds after START, kind, error)."""
    told = [
        f"{job},{state},{(START + timedelta(seconds=at)).isoformat()},mail,{kind},{error},blue"
        for job, state, at, kind, error in rows
    ]
    return foreign.text(foreign.table(HEAD, *told), name="jobs.csv")


def life(
    job: str, at: float, *, dead: bool = False, kind: str = "Send", wait: float = 2.0
) -> list[tuple[str, str, float, str, str]]:
    start = [(job, "enqueued", at, kind, ""), (job, "started", at + wait, kind, "")]
    if not dead:
        return [*start, (job, "completed", at + wait + 1, kind, "")]
    failed = [
        (job, "retrying", at + wait + 9 * n, kind, f"{'SMTP refused' if n == 1 else 'later error'} {job}")
        for n in (1, 2)
    ]
    return [*start, *failed, (job, "dead_lettered", at + wait + 40, kind, "attempts used up")]


@pytest.mark.requirement("R-066")
def test_of_500_jobs_the_12_dead_letters_are_given_with_their_first_error() -> None:
    dead = {7 + 41 * n for n in range(12)}
    rows = [row for n in range(500) for row in life(f"j{n}", n * 5.0, dead=n in dead)]

    findings = found("JOB01", *log(*rows))

    assert len(findings) == 12
    assert {finding.title.split(" ")[1] for finding in findings} == {f"j{n}" for n in dead}
    assert all("its first error: “SMTP refused" in finding.title for finding in findings)
    assert all("(12 of 500 jobs)" in finding.title for finding in findings)


def test_dead_letters_beyond_the_first_twenty_stand_in_one_finding_with_their_most_frequent_error() -> None:
    rows = [row for n in range(300) for row in life(f"j{n}", n * 5.0, dead=True)]
    same = [(job, state, at, kind, error.partition(" j")[0]) for job, state, at, kind, error in rows]

    *single, others = found("JOB01", *log(*same))

    assert len(single) == 20
    assert "280 more jobs ended as dead letters (300 of 300 jobs)" in others.title
    assert "(280): “SMTP refused”" in others.title
    assert len(others.evidence) == 5


def test_twenty_dead_letters_are_all_told_one_by_one() -> None:
    told = found("JOB01", *log(*(row for n in range(20) for row in life(f"j{n}", n * 5.0, dead=True))))

    assert [one.title.split(" ")[0] for one in told] == ["Job"] * 20


def test_jobs_that_all_end_well_pass() -> None:
    quiet = log(*(row for n in range(20) for row in life(f"j{n}", n * 60.0)))

    assert states("JOB01", *quiet) == {State.PASS}
    assert states("JOB02", *quiet) == set()
    assert states("JOB03", *quiet) == {State.PASS}
    assert states("JOB04", *quiet) == set()


def test_jobs_that_never_start_or_never_end_are_stuck() -> None:
    later = life("last", 90_000)
    waiting, running = found(
        "JOB02",
        *log(("a", "queued", 0, "Send", ""), ("b", "queued", 0, "Send", ""), ("b", "started", 5, "Send", ""), *later),
    )

    assert "1 job waits to be started, the oldest for 9000" in waiting.title
    assert "1 job was started and never ended" in running.title


def test_a_wait_that_grows_is_a_backlog() -> None:
    growing = log(*(row for n in range(40) for row in life(f"j{n}", n * 60.0, wait=n * 20.0)))

    (finding,) = found("JOB03", *growing)

    assert finding.state is State.WARN
    assert states("JOB03", *log(*life("a", 0))) == {State.NOT_EVALUATED}


def test_one_kind_that_fails_is_named() -> None:
    rows = [
        row
        for n in range(60)
        for row in life(f"j{n}", n * 9.0, dead=n % 10 == 0, kind="Export" if n % 10 == 0 else "Send")
    ]

    (finding,) = found("JOB04", *log(*rows))

    assert finding.title.startswith("6 of 6 failing jobs are of kind Export, which makes up 10% of all jobs")


def test_without_a_job_log_they_say_how_to_export_one() -> None:
    for check_id in ("JOB01", "JOB02", "JOB03", "JOB04"):
        assert "job_events" in found(check_id)[0].next_step


def test_a_job_that_runs_far_longer_than_all_others_is_stuck_before_an_hour_is_over() -> None:
    rows = [row for n in range(12) for row in life(f"j{n}", n * 30.0)]
    held = [("held", "enqueued", 90.0, "Send", ""), ("held", "started", 92.0, "Send", "")]

    (finding,) = found("JOB02", *log(*rows, *held))

    assert finding.title.startswith("1 job was started and never ended, the oldest for ")


def test_few_jobs_say_nothing_of_how_long_one_may_run() -> None:
    rows = [row for n in range(3) for row in life(f"j{n}", n * 300.0)]
    held = [("held", "enqueued", 1.0, "Send", ""), ("held", "started", 2.0, "Send", "")]

    assert states("JOB02", *log(*rows, *held)) == set()


def test_a_job_that_somebody_cancelled_or_planned_for_later_is_neither_dead_nor_stuck() -> None:
    others = [row for n in range(20) for row in life(f"j{n}", n * 600.0)]
    jobs = log(
        ("c", "queued", 5, "Send", ""), ("c", "cancelled", 60, "Send", ""), ("p", "scheduled", 0, "Send", ""), *others
    )

    assert states("JOB01", *jobs) == {State.PASS}
    assert states("JOB02", *jobs) == set()
