"""Failure modes by the signs that a log shows: each with its sign, with what only resembles it, and without a log."""

from datetime import timedelta

import pytest
from tests.evidence import START, found, states

from sevline.core.failuremodes import MODES, FailureModes
from sevline.core.finding import Confidence, Finding, Given, State
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.tables import TableError, parse

IDS = [f"MODE{number:02}" for number in range(1, 9)]


def log(*texts: str) -> list[Given]:
    """A log with a record each second, after three quiet ones."""
    told = ("INFO worker started", "INFO worker ready", "INFO worker idle", *texts)
    lines = [f"{(START + timedelta(seconds=second)).isoformat()} {text}" for second, text in enumerate(told)]
    return list(read_all(Form.LINES, Source("a1", "app.log"), lines))


def as_written(*lines: str) -> list[Given]:
    """A log whose lines say their times themselves."""
    return list(read_all(Form.LINES, Source("a1", "app.log"), list(lines)))


def one(check_id: str, *texts: str) -> Finding:
    (finding,) = found(check_id, *log(*texts))
    return finding


STORM = tuple(
    f"WARN orders upstream call failed request_id=req-{request:04} attempt={attempt} status={status}"
    for request, most, status in ((1, 1, 503), (2, 2, 503), (3, 3, 503), (4, 4, 429), (5, 5, 429))
    for attempt in range(1, most + 1)
)


@pytest.mark.requirement("R-048")
def test_attempts_that_grow_and_503_followed_by_429_look_like_a_retry_storm_with_the_lines_that_gave_it_away() -> None:
    finding = one("MODE03", *STORM)

    assert finding.state is State.WARN
    assert finding.title == (
        "Looks like: retry storm. Attempts grow from 1.4 to 3.0 for each request, and 503 (from line 4) is followed by "
        "429 (from line 10)."
    )
    assert [(cited.locator, cited.observed) for cited in finding.evidence] == [
        ("4:1", "503"),
        ("10:1", "429"),
        ("18:1", "attempt 5"),
    ]
    assert finding.supports == ("retry-storm",)
    assert "Stop the retries of one large client" in finding.next_step


def test_requests_that_come_again_under_their_id_count_as_attempts_where_none_is_written() -> None:
    texts = [
        f'ERROR gateway answered HTTP 503 "requestId":"r{request}"' for request in (1, 2, 3) for _ in range(request)
    ]
    texts += [f'ERROR gateway answered HTTP 429 "requestId":"r{request}"' for request in (4, 5) for _ in range(6)]

    assert one("MODE03", *texts).confidence is Confidence.STRONG


SIGNS = {
    "MODE01": (
        ["INFO POST /v1/orders 201 4ms", "INFO GET /v1/orders/77 404 2ms", "INFO GET /v1/orders/77 200 2ms"],
        "/v1/orders/77 was written, not found (line 5), and found later (line 6).",
    ),
    "MODE02": (
        [f"{'ERROR query failed' if shard == 3 else 'INFO query done'} shard={shard}" for shard in range(5)] * 6,
        "6 of 6 errors stand under shard “3”, where 100% of the lines are errors; under the 4 others it is 0%.",
    ),
    "MODE04": (
        [f"INFO consumer processed event_id=evt_{number}" for number in (11, 12, 13, 12, 11)],
        "2 event ids were acted on more than once, the first one “evt_12”.",
    ),
    "MODE05": (
        [
            "ERROR service=inventory query timed out after 30 s",
            "ERROR service=orders call to inventory failed: deadline exceeded",
            "ERROR service=gateway upstream orders answered 504",
        ],
        "3 timeouts, which begin in “inventory”, then “orders”, then “gateway”.",
    ),
    "MODE06": (
        ["WARN token rejected: issued in the future", "WARN clock skew of 312 s with idp"],
        "2 lines speak of times that do not agree: “issued in the future”.",
    ),
    "MODE07": (
        ["INFO cache HIT key=plan:7 age=7200 ttl=300", "INFO cache HIT key=plan:8 age=20 ttl=300"],
        "1 hit is older than allowed.",
    ),
    "MODE08": (
        [f"INFO queue=mail queue_depth={depth}" for depth in (10, 40, 90, 200, 410, 800)],
        "The queue depth of “mail” grows from 10 to 800 over 6 lines.",
    ),
}


POOL = [
    "2026-11-25T13:17:00Z ERROR [sync-worker-3] c.k.sync.OrderSync - sync failed upstream=orders-db status=504",
    "java.sql.SQLTransientConnectionException: HikariPool-1 - request timed out after 2000ms.",
    "\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)",
    "2026-11-25T13:17:03Z ERROR [sync-worker-4] c.k.sync.OrderSync - sync failed upstream=orders-db status=504",
    "2026-11-25T13:17:05Z ERROR [sync-worker-2] c.k.sync.OrderSync - sync failed upstream=orders-db status=504",
]


def test_the_threads_of_one_service_are_no_chain_of_services() -> None:
    assert found("MODE05", *as_written(*POOL)) == []


def test_a_stack_trace_is_not_counted_beside_the_record_that_it_belongs_to() -> None:
    gateway = "2026-11-25T13:17:09Z ERROR [http-1] c.k.api.Gateway - OrderSync answered 504"

    (finding,) = found("MODE05", *as_written(*POOL, gateway))

    assert finding.title.endswith("4 timeouts, which begin in “OrderSync”, then “Gateway”.")


@pytest.mark.parametrize("check_id", SIGNS)
def test_each_mode_is_named_with_what_was_seen_and_cites_its_lines(check_id: str) -> None:
    texts, told = SIGNS[check_id]

    finding = one(check_id, *texts)

    assert finding.title.endswith(told)
    assert finding.evidence
    assert all(cited.locator.endswith(":1") for cited in finding.evidence)


LATE = {
    "Kafka's client in Java": (
        "WARN o.a.k.c.c.i.ConsumerCoordinator - [Consumer groupId=g] consumer poll timeout has expired. This means",
        "INFO Member c-0 sending LeaveGroup request to coordinator due to consumer poll timeout has expired.",
    ),
    "its failed commit": ("ERROR commit failed: CommitFailedException: the consumer is not part of an active group",),
    "librdkafka": ("%4|MAXPOLL|c#1| Application maximum poll interval (300000ms) exceeded by 255ms",),
    "Kafka in Python": ("ERROR CommitFailedError: Commit cannot be completed since the group has already rebalanced",),
    "RabbitMQ": ("ERROR operation none caused a channel exception: delivery acknowledgement on channel 1 timed out",),
    "SQS": ("ERROR delete failed: The receipt handle has expired",),
    "Service Bus": ("WARN MessageLockLostException: The lock supplied is invalid.",),
    "Pub/Sub": ("WARN subscriber: ack deadline expired for message 77",),
    "Kinesis": ("INFO LeaseCoordinator lost lease for shard shardId-0001",),
}


@pytest.mark.parametrize("name", LATE)
def test_a_consumer_that_is_late_again_and_again_is_told_as_a_hint(name: str) -> None:
    finding = one("MODE08", *LATE[name] * 4)

    assert "4 times a consumer came back later than the broker waits" in finding.title
    assert finding.confidence is Confidence.HINT
    assert len(finding.evidence) == 3


HEALTHY = {
    "a consumer that was late once": [*LATE["Kafka's client in Java"], *LATE["its failed commit"]],
    "settings of a consumer": ["INFO ConsumerConfig values: max.poll.interval.ms = 300000"] * 5,
    "a commit of another store": ["ERROR CommitFailedException: OakMerge0001: Failed to merge changes"] * 5,
    "deadlines of other calls": ["WARN rpc deadline exceeded", "INFO deadline of the task is tomorrow"] * 3,
    "a group that is rebalanced": ["INFO (Re-)joining group", "INFO Revoking previously assigned partitions"] * 4,
    "no 429 follows": [text.replace("429", "503") for text in STORM],
    "limits come first": [text.replace("503", "x").replace("429", "503").replace("x", "429") for text in STORM],
    "attempts stay as they are": [
        f"WARN call failed attempt={attempt} status={status}" for status in (503, 429) for attempt in (1, 2) * 4
    ],
    "durations of 503 and 429 ms": [f"INFO done attempt={n} took 503 ms" for n in range(9)] + ["INFO took 429ms"] * 9,
    "a path that was never written": ["INFO GET /v1/orders/7 404 1ms", "INFO GET /v1/orders/7 200 1ms"],
    "errors in every region": [f"ERROR query failed region={region}" for region in ("eu", "us", "ap")] * 8,
    "an event that failed and came again": [
        "WARN delivery failed event_id=evt_1",
        "INFO processed event_id=evt_1",
        "INFO processed event_id=evt_2",
    ],
    "one service that times out": ["ERROR service=mail connection timed out"] * 5,
    "a timeout that is configured": ["INFO service=a timeout=30", "INFO service=b timeout=30", "INFO timeout: 5"],
    "a young cache hit": ["INFO cache HIT age=20 ttl=300", "INFO cache MISS age=900 ttl=300"],
    "a job that runs each night": ["INFO job_id=nightly-cleanup completed in 2 s"] * 4,
    "an event with three consumers": [
        f"INFO {who} - event_id=evt-77 handled by {who}" for who in ("billing", "mail", "search")
    ],
    "a coupon before its time": ["INFO promo - coupon SAVE10 is not yet valid, starts 2026-12-01"] * 3,
    "timeouts in words of a setting": [
        "INFO orders - http client timeout configured: 30s",
        "INFO billing - request timeout is 20 s",
        "INFO mail - connect timeout set to 5 s",
    ],
    "a document deleted and written anew": [
        "INFO PUT /docs/a 200",
        "INFO DELETE /docs/a 204",
        "INFO GET /docs/a 404",
        "INFO PUT /docs/a 201",
        "INFO GET /docs/a 200",
    ],
    "the depth of a search": [f"INFO search - iterative deepening depth={depth}" for depth in range(10, 90, 8)],
    "a queue that rises and falls": [f"INFO queue_depth={depth}" for depth in (10, 300, 20, 400, 10, 350, 15)],
}


@pytest.mark.parametrize("name", HEALTHY)
def test_a_log_that_only_resembles_a_mode_looks_like_none(name: str) -> None:
    evidence = log(*HEALTHY[name])

    assert [finding.title for check_id in IDS for finding in found(check_id, *evidence)] == []


@pytest.mark.parametrize("check_id", IDS)
def test_without_a_log_each_says_what_it_needs(check_id: str) -> None:
    (finding,) = found(check_id)

    assert (finding.state, finding.missing) == (State.NOT_EVALUATED, ("a log with times",))


def test_a_letter_that_speaks_of_retries_is_no_log() -> None:
    lines = ["Dear team,", *(text for text in STORM), "many thanks"]

    assert states("MODE03", *read_all(Form.LINES, Source("a1", "letter.txt"), lines)) == {State.NOT_EVALUATED}


def test_a_mode_without_what_would_refute_it_is_refused() -> None:
    row = MODES.mode[0]
    text = 'version = "x"\n[[mode]]\n' + "\n".join(
        f'{name} = "{getattr(row, name) if name != "refuted_by" else " "}"'
        for name in ("key", "title", "check", "layer", "happens", "sign", "test", "predicts", "refuted_by", "next")
    )

    with pytest.raises(TableError, match=r"has no row|does not say"):
        parse("failure_modes.toml", f"{text}\ntags = []", FailureModes)


def test_each_mode_has_a_check_that_looks_for_its_sign() -> None:
    assert sorted(row.check for row in MODES.mode) == IDS
