"""Slow operations in MongoDB's log, in the form that versions write."""

import json

import pytest

from sevline.core.finding import State
from sevline.core.readers.mongoslow import SlowOperation, slow_operation
from tests import foreign
from tests.evidence import found

OLD = (
    '2020-05-01T10:00:00.120+0000 I  COMMAND  [conn12] command shop.orders appName: "app" command: find { find: '
    '"orders", filter: { status: "open" } } planSummary: COLLSCAN keysExamined:0 docsExamined:1900000 '
    "cursorExhausted:1 nreturned:14 reslen:900 protocol:op_msg 2410ms"
)


def line(plan: str = "COLLSCAN", millis: int = 2400, **command: object) -> str:
    told = {
        "ns": "shop.orders",
        "command": {"find": "orders", "filter": {"status": "open", "age": {"$gt": 7}}} | command,
        "planSummary": plan,
        "docsExamined": 1_900_000,
        "nreturned": 14,
        "durationMillis": millis,
    }
    head = {"t": {"$date": "2026-10-14T09:00:00.120+00:00"}, "s": "I", "c": "COMMAND", "id": 51803, "ctx": "conn1"}
    return json.dumps(head | {"msg": "Slow query", "attr": told}, separators=(",", ":"))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (line(), SlowOperation(2400.0, "find shop.orders {status: ?, age: {$gt: ?}} (COLLSCAN)", 1_900_000, 14)),
        (OLD, SlowOperation(2410.0, "shop.orders (COLLSCAN)", 1_900_000, 14)),
        ('{"msg":"Slow query","attr":7}', None),
        ('{"msg":"Slow query","attr":{"ns":"a.b"', None),
        ("planSummary: none of this", None),
        (line(millis=10**400), None),
        (OLD.replace(" planSummary", " planSummary: X docsExamined:1 command a.b" * 400 + " planSummary") + "!", None),
        ('{"msg":"Slow query","attr":"\udc80"}', None),
    ],
)
def test_an_operation_is_told_with_its_condition_and_without_values(told: str, expected: SlowOperation | None) -> None:
    assert slow_operation(told) == expected


def test_a_log_of_mongodb_names_the_operation_that_reads_all_and_is_no_extract_of_rows() -> None:
    text = "\n".join(line(millis=2000 + at) for at in range(12))

    (finding,) = found("PERF08", *foreign.lines(text))

    assert finding.state is State.WARN
    assert "reads 1,900,000 rows to return 14" in finding.title
    assert "COLLSCAN" in finding.title
    assert foreign.text(text, name="mongod.log") == []
