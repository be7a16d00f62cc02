"""Tables of jobs as queues keep them, one row for each job with the times of its steps: Oban, Sidekiq, Celery, Resque,
BullMQ, Hangfire, Quartz, Delayed Job, pg-boss, River, Airflow's task instances.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from sevline.core.readers.columns import Assignment, Field, is_moment, is_number, number, snake
from sevline.core.readers.jobs import WORDS, JobEvent, JobLog, state_of
from sevline.core.readers.moments import any_moment
from sevline.core.readers.tables import Row, Table

#: What queues call a state beside the usual words; elsewhere `active` is a customer and `waiting` an order.
MORE = {
    "queued": "received waiting ready none",
    "planned": "awaiting blocked paused waiting_children paused_blocked delayed sleeping",
    "started": "active acquired busy reserved working performing locked",
    "retried": "up_for_retry up_for_reschedule retry_scheduled",
    "failed": "upstream_failed",
    "dead": "expired died lost killed terminated",
    "cancelled": "deleted skipped removed rejected ignored",
}
STATES = WORDS | {word: state for state, words in MORE.items() for word in words.split()}


def _is_state(value: str) -> bool:
    return _state(value) != ""


def _state(value: str) -> str:
    return state_of(value) or STATES.get(value.strip().lower().replace("-", "_").replace(" ", "_"), "")


ROW_FIELDS = (
    Field("job_id", "job_id jid uuid task_id active_job_id message_id entry_id trigger_name id", required=True),
    Field("state", "state status state_name job_state task_state trigger_state", _is_state, marks=2),
    Field("queued", "inserted_at enqueued_at queued_at queued_dttm created_at created_on date_created received "
                    "createdon timestamp created", is_moment),
    Field("planned", "scheduled_at run_at available_at next_fire_time next_retry_at start_after startafter eta",
          is_moment),
    Field("started", "attempted_at started_at processed_on processedon performed_at locked_at reserved_at start_date "
                     "fired_time date_started started startedon fetched_at picked_at claimed_at", is_moment, marks=2),
    Field("ended", "completed_at finished_at finished_on finishedon completedon finalized_at end_date succeeded_at "
                   "date_done ended_at", is_moment),
    Field("died", "discarded_at died_at failed_at", is_moment),
    Field("queue", "queue queue_name trigger_group", marks=2),
    Field("kind", "worker job_class job_type job_name task_name handler class kind invocation_data name operator "
                  "dag_id", marks=2),
    Field("error", "last_error errors error failed_reason exception error_message stacktrace traceback reason"),
    Field("attempt", "attempt attempts attempts_made retry_count retries try_number retrycount attempted", is_number,
          marks=2),
    Field("tenant", "tenant_id account_id org_id customer_id tenant account customer"),
)  # fmt: skip
LEAST = 8
TOLD = ("queue", "kind", "error", "tenant")
TELLING = re.compile(r"job|jid|task|worker|handler|invocation|dag|trigger|^class$")
NOTHING = frozenset({"", "[]", "{}", "null", "none"})


def is_of_rows(table: Table, taken: Assignment) -> bool:
    """Whether each row is a job of its own with a time at which it was taken up or ended."""
    if not {"started", "ended", "died"} & taken.taken.keys() or not speaks_of_jobs(taken):
        return False
    ids = [_job(table, taken, row) for row in table.rows]
    return len(set(ids)) >= 0.9 * len(ids)


def speaks_of_jobs(taken: Assignment) -> bool:
    """By a queue, tries or a name: an order and a subscription have an id, a state and times as well."""
    names = {snake(taken.taken.get(key, "")) for key in ("job_id", "kind", "state")}
    return bool({"queue", "attempt"} & taken.taken.keys()) or any(TELLING.search(name) for name in names)


def read_job_rows(table: Table, taken: Assignment) -> JobLog | None:
    found = [event for row in table.rows for event in _events(table, taken, row)]
    return JobLog(table.artifact, tuple(found)) if found else None


def _job(table: Table, taken: Assignment, row: Row) -> str:
    """Airflow names a task by its graph, its run and its own name."""
    parts = {snake(name): row.values.get(name, "") for name in table.columns}
    if "dag_id" in parts and "task_id" in parts:
        run = parts.get("run_id") or parts.get("execution_date", "")
        return "/".join((parts["dag_id"], run, parts["task_id"], parts.get("map_index", "")))
    return taken.get(row.values, "job_id")


def _events(table: Table, taken: Assignment, row: Row) -> Iterator[JobEvent]:
    """What the row tells of its job in the order of time; the last event has the state in which the job is."""
    job = _job(table, taken, row)
    at = {key: any_moment(taken.get(row.values, key)) for key in ("queued", "planned", "started", "ended", "died")}
    if not job or not any(at.values()):
        return
    queue, kind, error, tenant = (taken.get(row.values, key) for key in TOLD)
    tried = number(taken.get(row.values, "attempt"))
    error = "" if error.lower() in NOTHING else error
    for state, moment in _steps(at, _state(taken.get(row.values, "state")) or _implied(at, error)):
        said = error if state in {"failed", "dead", "retried"} else ""
        attempt = int(tried) if tried is not None else None
        yield JobEvent(row.locator, job, state, moment, queue, kind, said, attempt, tenant)


def _implied(at: Mapping[str, datetime | None], error: str) -> str:
    """The state where no column tells it: by the last of the times that are filled."""
    if at["died"]:
        return "dead"
    if at["ended"]:
        return "failed" if error else "done"
    if at["started"]:
        return "started"
    return "retried" if error else "queued"


def _steps(at: Mapping[str, datetime | None], state: str) -> Iterator[tuple[str, datetime]]:
    queued, started, over = _queued(at), at["started"], at["died"] or at["ended"]
    last = {"queued": queued, "planned": queued, "started": started}.get(state, over or started)
    last = last or started or min(moment for moment in at.values() if moment)
    for step, moment, later in (
        ("queued", queued, state not in {"queued", "planned"}),
        ("started", started, state not in {"queued", "planned", "started"}),
    ):
        if moment and later:
            yield step, moment
    yield state, last


def _queued(at: Mapping[str, datetime | None]) -> datetime | None:
    """What was planned for later waits only from then on; what lies ahead of all else is no time of the table's."""
    queued, planned, started = at["queued"], at["planned"], at["started"]
    if queued and planned and started and queued < planned <= started:
        return planned
    return queued or planned
