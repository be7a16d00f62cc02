"""Plans as MySQL prints them: a table in a letter, records, and JSON."""

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
