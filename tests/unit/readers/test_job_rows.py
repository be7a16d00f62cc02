"""Tables of jobs as queues of many products keep them, a row for each job with the times of its steps."""

import pytest

from sevline.core.finding import State
from sevline.core.readers.jobs import JobLog
from tests import foreign
from tests.evidence import found

DAY = "2026-11-25T"


def at(minute: int) -> str:
    return f"{DAY}{minute // 60:02d}:{minute % 60:02d}:00Z"


def epoch(minute: int, unit: int = 1) -> str:
    return str((1_795_564_800 + minute * 60) * unit)


def table(header: str, form: str, held: str) -> str:
    """Forty jobs that took a minute, one after the other over ten hours, and three of the first hour that hang."""
    ids = [(f"{n:08d}-95d5-45ef-a6e7-dff9f98764da", n) for n in range(43)]
    rows = [
        (held if 3 <= n < 6 else form).format(
            id=id_, n=n, q=at(n * 14), s=at(n * 14), e=at(n * 14 + 1), qe=epoch(n * 14), se=epoch(n * 14),
            ee=epoch(n * 14 + 1), qm=epoch(n * 14, 1000), sm=epoch(n * 14, 1000), em=epoch(n * 14 + 1, 1000),
        )
        for id_, n in ids
    ]  # fmt: skip
    return foreign.table(header, *rows)


PRODUCTS = {
    "Oban": table(
        "id,queue,worker,state,attempt,max_attempts,inserted_at,attempted_at,completed_at,errors",
        "{n},exports,Shop.Export,completed,1,5,{q},{s},{e},[]", "{n},exports,Shop.Export,executing,1,5,{q},{s},,[]"),
    "River": table(
        "id,state,kind,queue,attempt,created_at,attempted_at,finalized_at",
        "{n},completed,export,default,1,{q},{s},{e}", "{n},running,export,default,1,{q},{s},"),
    "Celery results": table(
        "task_id,status,task_name,worker,date_created,date_started,date_done",
        "{id},SUCCESS,shop.export,w1,{q},{s},{e}", "{id},STARTED,shop.export,w1,{q},{s},"),
    "Flower": table(
        "uuid,name,state,received,started,succeeded_at,worker,retries",
        "{id},shop.export,SUCCESS,{qe}.5,{se}.7,{ee}.9,w1,0", "{id},shop.export,STARTED,{qe}.5,{se}.7,,w1,0"),
    "Delayed Job": table(
        "id,queue,handler,attempts,run_at,locked_at,locked_by,created_at,finished_at",
        "{n},mail,Export,0,{q},{s},host:7,{q},{e}", "{n},mail,Export,0,{q},{s},host:7,{q},"),
    "BullMQ": table(
        "id,name,queue,timestamp,processedOn,finishedOn,attemptsMade,failedReason",
        "{n},export,mail,{qm},{sm},{em},1,", "{n},export,mail,{qm},{sm},,1,"),
    "pg-boss": table(
        "id,name,state,retrycount,createdon,startedon,completedon",
        "{id},export,completed,0,{q},{s},{e}", "{id},export,active,0,{q},{s},"),
    "Airflow": table(
        "dag_id,task_id,run_id,state,try_number,queued_dttm,start_date,end_date",
        "shop,export,run{n},success,1,{q},{s},{e}", "shop,export,run{n},running,1,{q},{s},"),
    "good_job": table(
        "id,active_job_id,queue_name,job_class,created_at,performed_at,finished_at,error",
        "{n},{id},mail,Export,{q},{s},{e},", "{n},{id},mail,Export,{q},{s},,"),
    "Hangfire": table(
        "Id,StateName,Queue,InvocationData,CreatedAt,StartedAt,SucceededAt",
        "{n},Succeeded,mail,Export,{q},{s},{e}", "{n},Processing,mail,Export,{q},{s},"),
    "Quartz": table(
        "ENTRY_ID,TRIGGER_NAME,JOB_NAME,STATE,TRIGGER_GROUP,FIRED_TIME,END_DATE",
        "e{n},t{n},export,COMPLETE,mail,{sm},{em}", "e{n},t{n},export,EXECUTING,mail,{sm},"),
    "Sidekiq": table(
        "jid,class,queue,status,enqueued_at,started_at,completed_at,retry_count",
        "{id},Export,mail,complete,{q},{s},{e},0", "{id},Export,mail,working,{q},{s},,0"),
}  # fmt: skip


@pytest.mark.parametrize("product", PRODUCTS)
def test_jobs_that_were_started_and_never_ended_are_counted(product: str) -> None:
    log = foreign.only(JobLog, foreign.text(PRODUCTS[product], name="jobs.csv"))
    (finding,) = found("JOB02", log)

    assert finding.state is State.FAIL
    assert finding.title.startswith("3 jobs were started and never ended")


def test_dead_jobs_keep_their_error_and_others_lose_the_empty_list() -> None:
    rows = ['7,mail,Export,discarded,5,{0},{0},,{0},"no such table"', "8,mail,Export,completed,1,{0},{0},{0},,[]"]
    head = "id,queue,worker,state,attempt,inserted_at,attempted_at,completed_at,discarded_at,errors"
    log = foreign.only(JobLog, foreign.text(foreign.table(head, *(row.format(at(5)) for row in rows)), name="x.csv"))

    assert [(each.state, each.error) for each in log.events if each.error] == [("dead", "no such table")]


def test_a_job_that_is_planned_for_later_waits_for_nobody() -> None:
    head = "id,queue,worker,state,attempt,inserted_at,scheduled_at,attempted_at,completed_at"
    rows = [f"{n},mail,Export,completed,1,{at(n)},{at(n + 600)},{at(n + 600)},{at(n + 601)}" for n in range(20)]
    later = [f"{n},mail,Export,scheduled,0,{at(n)},2026-12-25T00:00:00Z,," for n in range(20, 25)]
    log = foreign.only(JobLog, foreign.text(foreign.table(head, *rows, *later), name="x.csv"))

    assert found("JOB02", log) == []
    assert [one.state for one in found("JOB03", log)] == [State.PASS]


HEALTHY = {
    "orders": ("id,status,created_at,completed_at,channel", "{n},completed,{q},{e},web"),
    "subscriptions": ("uuid,status,created_at,start_date,plan", "{id},active,{q},{s},gold"),
    "tickets": ("id,state,queue,created_at,closed_at", "{n},waiting,support,{q},{e}"),
    "people": ("id,name,state,created_at,updated_at", "{n},Ines,active,{q},{e}"),
    "deliveries of parcels": ("id,status,created_at,started_at,kind", "{n},processing,{q},{s},parcel"),
    "sessions": ("id,started_at,ended_at,name,tenant_id", "{n},{s},{e},web,t1"),
    "incidents": ("id,state,started_at,finished_at,title", "{n},running,{s},{e},Outage"),
    "campaigns": ("id,name,status,start_date,end_date,created_at", "{n},Spring,running,{s},{e},{q}"),
}


@pytest.mark.parametrize("kind", HEALTHY)
def test_tables_with_a_state_and_times_are_no_jobs_by_that(kind: str) -> None:
    head, form = HEALTHY[kind]

    assert not [one for one in foreign.text(table(head, form, form), name="rows.csv") if isinstance(one, JobLog)]
