"""Logs of background jobs as tables: one row for each thing that happened to a job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sevline.core.finding import Evidence, Given
from sevline.core.readers.columns import Assignment, Field, is_moment, is_number, number
from sevline.core.readers.moments import any_moment
from sevline.core.readers.tables import Table

STATES = {
    "queued": "enqueued queued created pending waiting available",
    "planned": "scheduled planned deferred delayed",
    "started": "started running active processing executing picked_up claimed",
    "retried": "retried retry retrying rescheduled retryable requeued",
    "failed": "failed failure error errored exception timed_out timeout",
    "done": "succeeded success completed complete done finished processed ok",
    "dead": "dead dead_lettered dead_letter deadletter dlq discarded exhausted gave_up poisoned buried",
    "cancelled": "cancelled canceled aborted revoked stopped",
}
WORDS = {word: state for state, words in STATES.items() for word in words.split()}
JOB_FIELDS = (
    Field("job_id", "job_id jid task_id message_id job uuid", required=True, marks=2),
    Field(
        "state", "state status event job_state job_status phase outcome", lambda value: state_of(value) != "", True, 3
    ),
    Field("at", "at timestamp time created_at logged_at event_time ts date", is_moment, True),
    Field("queue", "queue queue_name topic channel", marks=2),
    Field("kind", "job_class job_type job_name task_name worker class kind type name task"),
    Field("error", "error error_message exception failure reason message last_error"),
    Field("attempt", "attempt attempts retry_count tries retries", is_number, marks=2),
    Field("tenant", "tenant_id account_id org_id customer_id tenant account customer"),
    Field("cohort", "cohort flag variant rollout experiment bucket"),
)


TOLD = ("queue", "kind", "error", "tenant", "cohort")


def state_of(value: str) -> str:
    return WORDS.get(value.strip().lower().replace("-", "_").replace(" ", "_").removeprefix("job_"), "")


@dataclass(frozen=True, slots=True)
class JobEvent:
    """`state` is one of STATES."""

    locator: str
    job: str
    state: str
    at: datetime
    queue: str = ""
    kind: str = ""
    error: str = ""
    attempt: int | None = None
    tenant: str = ""
    cohort: str = ""


@dataclass(frozen=True)
class JobLog(Given):
    what = "a log of background jobs"
    how = (
        "Export what happened to the jobs of that time with job id, state, time, queue and error: "
        '`psql -c "\\copy (select … from job_events) to jobs.csv csv header"`, or the queue\'s own export.'
    )

    artifact: str
    events: tuple[JobEvent, ...]

    def cite(self, event: JobEvent, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, event.locator, str(observed), str(expected))

    @cached_property
    def jobs(self) -> Mapping[str, Sequence[JobEvent]]:
        found: dict[str, list[JobEvent]] = {}
        for event in sorted(self.events, key=lambda each: each.at):
            found.setdefault(event.job, []).append(event)
        return found

    @cached_property
    def end(self) -> datetime:
        return max(event.at for event in self.events)


def read_jobs(table: Table, taken: Assignment) -> JobLog | None:
    found = []
    for row in table.rows:
        at, state = any_moment(taken.get(row.values, "at")), state_of(taken.get(row.values, "state"))
        job = taken.get(row.values, "job_id")
        if at is None or not state or not job:
            continue
        tried = number(taken.get(row.values, "attempt"))
        queue, kind, error, tenant, cohort = (taken.get(row.values, key) for key in TOLD)
        attempt = int(tried) if tried is not None else None
        found.append(JobEvent(row.locator, job, state, at, queue, kind, error, attempt, tenant, cohort))
    return JobLog(table.artifact, tuple(found)) if found else None
