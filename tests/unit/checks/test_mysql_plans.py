"""Plans as MySQL prints them: a table in a letter, records, JSON and a tree; and as MongoDB does."""

import json

import pytest
from tests.unit.bench.examining import examined

from sevline.core.finding import Finding, State

TABLE = """+----+-------------+--------+------+---------------+------+---------+------+---------+-------------+
| id | select_type | table  | type | possible_keys | key  | key_len | ref  | rows    | Extra       |
+----+-------------+--------+------+---------------+------+---------+------+---------+-------------+
|  1 | SIMPLE      | orders | {}  | NULL          | NULL | NULL    | NULL | 9812345 | Using where |
+----+-------------+--------+------+---------------+------+---------+------+---------+-------------+
1 row in set (0.01 sec)
"""
RECORD = """*************************** 1. row ***************************
           id: 1
  select_type: SIMPLE
        table: orders
         type: {}
possible_keys: NULL
          key: NULL
      key_len: NULL
         rows: 9812345
        Extra: Using where
"""


def written(form: str, access: str) -> bytes:
    table = {"table_name": "orders", "access_type": access, "rows_examined_per_scan": 9812345}
    inside = {"query_block": {"select_id": 1, "nested_loop": [{"table": table}]}}
    texts = {
        "table": TABLE.format(access),
        "record": f"mysql> explain …\\G\n{RECORD.format(access)}",
        "JSON": json.dumps(inside),
    }
    return texts[form].encode()


def judged(form: str, access: str) -> list[Finding]:
    examination, _ = examined(("explain.txt", written(form, access)))
    return [
        one
        for one in examination.findings
        if one.check_id in {"PERF08", "TAB01"} and one.state is not State.NOT_EVALUATED
    ]


@pytest.mark.parametrize("form", ["table", "record", "JSON"])
def test_a_scan_of_a_large_table_is_told_with_its_rows(form: str) -> None:
    (finding,) = judged(form, "ALL")

    assert finding.state is State.WARN
    assert finding.title == "Full table scan of orders: 9,812,345 rows are read."
    assert finding.evidence[0].excerpt


@pytest.mark.parametrize("form", ["table", "record", "JSON"])
def test_a_plan_that_uses_an_index_is_silent_and_no_extract(form: str) -> None:
    assert judged(form, "ref ") == []


TREE = """-> Limit: 1 row(s)  (cost=1240110 rows=1) (actual time=7911..7911 rows=1 loops=1)
    -> Filter: (orders.external_ref = 'R-7')  (cost=1240110 rows=2) (actual time=7911..7911 rows=1 loops=1)
        -> {}  (cost=1240110 rows=9812345) (actual time=0.08..7012 rows=9812345 loops=1)
"""


@pytest.mark.parametrize("form", [TREE, TREE.replace("->", "| ->", 1), TREE.replace("=9812345)", "=9.81e+6)")])
def test_a_scan_in_the_tree_of_explain_analyze_is_told(form: str) -> None:
    examination, _ = examined(("explain.txt", form.format("Table scan on orders").encode()))

    assert [one.title.partition(":")[0] for one in examination.findings if one.state is State.WARN] == [
        "Full table scan of orders"
    ]


def test_a_tree_that_uses_an_index_is_silent() -> None:
    look_up = "Index lookup on orders using ref (external_ref='R-7')"
    examination, _ = examined(("explain.txt", TREE.replace("9812345", "1").format(look_up).encode()))

    assert [one for one in examination.findings if one.state in {State.WARN, State.FAIL}] == []


def explained(stage: str, read: object) -> bytes:
    """What `explain("executionStats")` answers."""
    stages = {"stage": "LIMIT", "inputStage": {"stage": stage, "nReturned": 1, "docsExamined": read}}
    stats = {"executionSuccess": True, "nReturned": 1, "executionTimeMillis": 9200, "executionStages": stages}
    return json.dumps({"queryPlanner": {"namespace": "shop.orders"}, "executionStats": stats}).encode()


@pytest.mark.parametrize("read", [9812345, {"$numberLong": "9812345"}])
def test_a_scan_of_a_collection_is_told_with_its_documents(read: object) -> None:
    examination, _ = examined(("explain.json", explained("COLLSCAN", read)))

    (finding,) = (one for one in examination.findings if one.state is State.WARN)
    assert finding.title == "Full collection scan of orders: 9,812,345 rows are read."
    assert finding.evidence[0].excerpt


@pytest.mark.parametrize(
    ("stage", "read"), [("FETCH", 9812345), ("COLLSCAN", 40), ("COLLSCAN", "many"), ("COLLSCAN", None)]
)
def test_an_index_a_small_collection_and_a_number_that_is_none_are_silent(stage: str, read: object) -> None:
    examination, _ = examined(("explain.json", explained(stage, read)))

    assert [one for one in examination.findings if one.state in {State.WARN, State.FAIL}] == []
