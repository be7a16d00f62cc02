"""What workers write of their jobs is read as what happened to them, whatever product writes it."""

import json

import pytest

from sevline.core.finding import Given, State
from sevline.core.readers.joblines import Told, told_of_job
from sevline.core.readers.jobs import JobLog
from sevline.core.readers.reader import Form, Source, read_all
from tests.evidence import found, states

ID = "5f0c6b1e-8f0a-4d52-9a53-0d7b8b6f2a11"
JID = "b4a577edbccf1d805744efa9"
LINES = {
    f"[2026-11-20 10:00:00,123: INFO/MainProcess] Task shop.sync[{ID}] received": ("started", ID, "shop.sync", "", ""),
    f"[2026-11-20 10:00:00,123: INFO/MainProcess] Task shop.sync[{ID}] received  ETA:[2026-11-20 11:00:00+00:00]": (
        *("planned", ID, "shop.sync", "", ""),
    ),
    f"[…] Task shop.sync[{ID}] succeeded in 0.31s: None": ("done", ID, "shop.sync", "", ""),
    f"[…] Task shop.sync[{ID}] retry: Retry in 5s: ConnectionError('refused')": (
        *("retried", ID, "shop.sync", "", "ConnectionError('refused')"),
    ),
    f"[…] Task shop.sync[{ID}] raised unexpected: ValueError('no total')": (
        *("failed", ID, "shop.sync", "", "ValueError('no total')"),
    ),
    f"[…] Hard time limit (300s) exceeded for shop.sync[{ID}]": (
        *("failed", ID, "shop.sync", "", "Hard time limit (300s)"),
    ),
    f"2026-11-20T10:00:00.123Z pid=4 tid=abc class=Mailer jid={JID} INFO: start": ("started", JID, "Mailer", "", ""),
    f"2026-11-20T10:00:00.123Z pid=4 tid=abc class=Mailer jid={JID} elapsed=0.3 INFO: fail": (
        *("failed", JID, "Mailer", "", ""),
    ),
    f"2020-11-20T10:00:00.123Z 4 TID-abc Mailer JID-{JID} INFO: done: 0.3 sec": ("done", JID, "", "", ""),
    f'{{"ts":"2026-11-20T10:00:00Z","lvl":"INFO","msg":"done","ctx":{{"class":"Mailer","jid":"{JID}"}}}}': (
        *("done", JID, "Mailer", "", ""),
    ),
    f"2026-11-20T10:00:00.123Z pid=4 tid=abc INFO: Adding dead Mailer job {JID}": ("dead", JID, "Mailer", "", ""),
    f"[ActiveJob] Enqueued SendJob (Job ID: {ID}) to Sidekiq(mailers) with arguments: 1": (
        *("queued", ID, "SendJob", "mailers", ""),
    ),
    f"[ActiveJob] [SendJob] [{ID}] Performing SendJob (Job ID: {ID}) from Sidekiq(mailers) enqueued at 2026": (
        *("started", ID, "SendJob", "mailers", ""),
    ),
    f"[ActiveJob] Performed SendJob (Job ID: {ID}) from Sidekiq(mailers) in 12.3ms": ("done", ID, "SendJob", "", ""),
    f"[ActiveJob] Error performing SendJob (Job ID: {ID}) from Async(default) in 3.1ms: Timeout (late):": (
        *("failed", ID, "SendJob", "", "Timeout (late):"),
    ),
    f"[ActiveJob] Retrying SendJob (Job ID: {ID}) after 2 attempts in 3 seconds, due to a Timeout (late).": (
        *("retried", ID, "SendJob", "", "Timeout (late)."),
    ),
    f"[ActiveJob] Stopped retrying SendJob (Job ID: {ID}) due to a Timeout (late), which reoccurred on 5 attempts.": (
        *("dead", ID, "SendJob", "", "Timeout (late), which reoccurred on 5 attempts."),
    ),
    "[Worker(host:web1 pid:7)] Job SendJob (id=42) (queue=default) RUNNING": (
        "started",
        "42",
        "SendJob",
        "default",
        "",
    ),
    "[Worker(host:web1 pid:7)] Job SendJob (id=42) FAILED (1 prior attempts) with Net::ReadTimeout: late": (
        *("failed", "42", "SendJob", "", "Net::ReadTimeout: late"),
    ),
    "[Worker(host:web1 pid:7)] Job SendJob (id=42) FAILED permanently because of 25 consecutive failures": (
        *("dead", "42", "SendJob", "", "because of 25 consecutive failures"),
    ),
    "[2026-11-20 10:00:00][42] Processing: App\\Jobs\\Send": ("started", "42", "App\\Jobs\\Send", "", ""),
    "[2026-11-20 10:00:01][42] Failed:     App\\Jobs\\Send": ("failed", "42", "App\\Jobs\\Send", "", ""),
    f"[dramatiq.middleware.retries.Retries] [WARNING] Retries exceeded for message '{ID}'.": ("dead", ID, "", "", ""),
    "Failed to process the job '17': an exception occurred. Retry attempt 2 of 10 will be performed in 00:00:30.": (
        *("retried", "17", "", "", "an exception occurred"),
    ),
    "INFO - Marking task as UP_FOR_RETRY. dag_id=nightly, task_id=load, execution_date=20261120": (
        *("retried", "load", "nightly", "", ""),
    ),
    'time=2026-11-20T10:00:00Z level=error msg="job failed" job_id=77 queue=mail error="550 refused"': (
        *("failed", "77", "", "mail", "550 refused"),
    ),
    '{"time":"2026-11-20T10:00:00Z","event":"job:exception","job_id":9,"worker":"App.Send","queue":"mail"}': (
        *("failed", "9", "App.Send", "mail", ""),
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_a_worker_tells_what_became_of_its_job(line: str) -> None:
    assert told_of_job(line) == Told(*LINES[line])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2026-11-20T10:00:00Z INFO Task force meets at ten",
        "2026-11-20T10:00:00Z GET /jobs/17 200 12 ms job_id=17",
        '{"task_id":"17","status":200,"path":"/done"}',
        "2026-11-20T10:00:00Z INFO order_id=17 status=completed",
        "Job ID: none",
        "job_id=" + "x" * 5_000,
        "Task " + "a.b[" * 3_000,
        "class=" * 2_000 + "jid=",
    ],
)
def test_a_line_that_is_not_of_a_job_tells_nothing(line: str) -> None:
    assert told_of_job(line) is None


def evidence(*lines: str) -> list[Given]:
    return list(read_all(Form.LINES, Source("a1", "worker.log"), list(lines)))


def celery(at: int, job: int, told: str) -> str:
    return f"[2026-11-20 10:{at // 60:02d}:{at % 60:02d},000: INFO/MainProcess] Task shop.sync[job-{job:05d}] {told}"


def test_a_worker_that_repeats_and_succeeds_is_in_order() -> None:
    quiet = [
        line for n in range(20) for line in (celery(n, n, "received"), celery(n + 1, n, "succeeded in 0.5s: None"))
    ]
    again = [celery(30, 99, "received"), celery(31, 99, "retry: Retry in 5s: OSError('x')"), celery(36, 99, "received")]

    log = evidence(*quiet, *again, celery(37, 99, "succeeded in 0.1s: None"))

    assert states("JOB01", *log) == {State.PASS}
    assert states("JOB02", *log) == set()


def test_jobs_that_failed_and_are_not_tried_again_are_counted_with_their_error() -> None:
    lines = [line for n in range(9) for line in (celery(n, n, "received"), celery(n + 1, n, "succeeded in 0.5s: None"))]
    lost = [
        line for n in (50, 51) for line in (celery(n, n, "received"), celery(n, n, "raised unexpected: OSError(5)"))
    ]

    (told,) = found("JOB01", *evidence(*lines, *lost))

    assert told.state is State.WARN
    assert "2 of 11 jobs failed" in told.title
    assert "(2): “OSError(5)”" in told.title
    assert told.evidence[0].locator == "20:1"


def sidekiq(at: int, jid: str, told: str) -> str:
    return f"2026-11-20T10:00:{at:02d}.000Z pid=4 tid=abc class=Mailer jid={jid} {told}"


def test_a_dead_job_of_sidekiq_is_told_with_the_error_of_the_line_below() -> None:
    other = [
        line
        for n in range(3)
        for line in (sidekiq(n, f"a{n}" * 6, "INFO: start"), sidekiq(n, f"a{n}" * 6, "INFO: done"))
    ]
    raised = '{"context":"Job raised exception","job":{"class":"Mailer","jid":"' + JID + '","retry_count":3}}'
    dead = [
        sidekiq(9, JID, "INFO: start"),
        sidekiq(10, JID, "elapsed=0.4 INFO: fail"),
        f"2026-11-20T10:00:10.010Z pid=4 tid=abc WARN: {raised}",
        "2026-11-20T10:00:10.011Z pid=4 tid=abc WARN: Net::SMTPFatalError: 550 mailbox unavailable",
        f"2026-11-20T10:00:10.012Z pid=4 tid=abc INFO: Adding dead Mailer job {JID}",
    ]

    (told,) = found("JOB01", *evidence(*other, *dead))

    assert told.state is State.FAIL
    assert (
        "after 1 failure(s); its first error: “Net::SMTPFatalError: 550 mailbox unavailable” (1 of 4 jobs)"
        in told.title
    )


def logged(at: int, jid: str, level: str, said: str) -> str:
    told = {"ts": f"2026-11-20T10:00:{at:02d}.000Z", "lvl": level, "msg": said, "ctx": {"class": "Sync", "jid": jid}}
    return json.dumps(told)


DONE = [logged(n, f"b{n}" * 6, "INFO", said) for n in range(3) for said in ("start", "done")]
NOT_NULL = 'PG::NotNullViolation: ERROR: null value in column "email"'


@pytest.mark.parametrize(
    "end",
    [
        "Retries exhausted for job",
        "moved to dead set",
        "Job moved to the dead queue after 25 attempts",
        "sent to dead-letter",
    ],
)
def test_a_dead_job_has_the_error_of_its_own_line_whatever_says_that_it_died(end: str) -> None:
    dead = [
        logged(9, JID, "INFO", "start"),
        logged(10, JID, "INFO", "fail"),
        logged(10, JID, "WARN", NOT_NULL),
        logged(11, JID, "WARN", end),
    ]

    (told,) = found("JOB01", *evidence(*DONE, *dead))

    assert told.state is State.FAIL
    assert (
        f"(Sync) ended as a dead letter after 1 failure(s); its first error: “{NOT_NULL}” (1 of 4 jobs)" in told.title
    )


@pytest.mark.parametrize("said", ["Slow: took 5 s", "Foo::Error: odd", "no error here"])
def test_a_warning_of_a_job_that_did_not_fail_is_no_failure(said: str) -> None:
    lines = [logged(9, JID, "INFO", "start"), logged(10, JID, "WARN", said), logged(11, JID, "INFO", "done")]

    assert states("JOB01", *evidence(*DONE, *lines)) == {State.PASS}


def test_a_job_that_never_ends_is_stuck_only_where_the_log_tells_ends() -> None:
    ends = [line for n in range(20) for line in (celery(n, n, "received"), celery(n + 1, n, "succeeded in 0.5s: None"))]
    late = celery(30 * 60, 98, "succeeded in 0.1s: None")
    begun = [celery(n, n, "received") for n in range(20)]

    assert states("JOB02", *evidence(*ends, celery(21, 97, "received"), late)) == {State.FAIL}
    assert states("JOB02", *evidence(*begun, late)) == {State.NOT_EVALUATED}


def test_lines_without_a_time_or_too_few_of_them_are_no_log_of_jobs() -> None:
    untimed = [f"Task shop.sync[job-{n:05d}] received" for n in range(20)]

    logs = [one for one in evidence(*untimed) + evidence(celery(1, 1, "received")) if isinstance(one, JobLog)]

    assert logs == []


def test_objects_with_the_fields_of_a_table_of_jobs_are_read_once() -> None:
    told = [
        f'{{"timestamp":"2026-11-20T10:00:{n:02d}Z","job_id":"{n // 2}","queue":"mail","status":"{state}"}}'
        for n, state in enumerate(("active", "completed") * 20)
    ]

    assert [one for one in evidence(*told) if isinstance(one, JobLog)] == []
