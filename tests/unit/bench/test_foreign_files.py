import base64
import io
from datetime import timedelta

import polars as pl
import pytest
from tests.evidence import START, ids
from tests.generators.deliveries import history
from tests.generators.timings import curl_timings, requests
from tests.unit.bench.examining import examined
from tests.unit.bench.test_examine import assert_cited
from tests.unit.checks.test_webhook_signature import BODY, KEY, b64, mac

from sevline.core.finding import State
from sevline.core.readers.jsontext import decode

pytestmark = pytest.mark.slow

SECRET = "whsec" + "_" + base64.b64encode(KEY).decode()
STAMP = str(int(START.timestamp()))


def source(rows: int) -> str:
    lines = [
        f"{n},tenant-{n % 4},Person {n} <kim{n}@example.com>,{(START + timedelta(minutes=n)).isoformat()}"
        for n in range(rows)
    ]
    return "id,tenant_id,contact,updated_at\n" + "\n".join(lines) + "\n"


SOURCE = source(60)
TARGET = (
    "\n".join(
        line.replace("Person 7 ", "Person VII ") for at, line in enumerate(SOURCE.splitlines()) if at not in {9, 30}
    )
    + "\n"
)


def test_a_request_and_its_secret_are_judged_together_and_the_secret_is_kept_nowhere() -> None:
    signature = "v1," + b64(mac(KEY, f"msg_1.{STAMP}.{BODY}".encode()))
    request = (
        f"POST /in HTTP/1.1\r\nwebhook-id: msg_1\r\nwebhook-timestamp: {STAMP}\r\nwebhook-signature: "
        f"{signature}\r\n\r\n{BODY}"
    )

    examination, stored = examined(
        ("request.http", request.encode()), ("key.txt", f"secret: {SECRET}\n".encode()), at=START
    )

    assert {"WH01", "WH02"} <= ids(examination.findings, State.PASS)
    assert SECRET.encode() not in b"".join(stored.values())
    assert SECRET not in repr(examination)
    assert_cited(examination, stored)


def test_two_extracts_become_a_comparison_of_its_own_that_shows_no_value() -> None:
    examination, stored = examined(("source.csv", SOURCE.encode()), ("target.csv", TARGET.encode()))
    comparison = examination.artifacts[2]
    document = decode(stored[comparison.id])

    assert comparison.name == "Comparison of source.csv and target.csv"
    assert comparison.parent == examination.artifacts[0].id
    assert document["counts"]["only_source"] == 2
    assert document["counts"]["differing"] == 1
    assert "Person" not in stored[comparison.id].decode()
    assert {"SYNC01", "SYNC02", "SYNC03"} <= ids(examination.findings, State.FAIL)
    assert_cited(examination, stored)


def test_parquet_is_compared_and_only_its_profile_is_stored() -> None:
    packed = io.BytesIO()
    pl.read_csv(io.BytesIO(SOURCE.encode()), infer_schema=False).write_parquet(packed)

    examination, stored = examined(("source.parquet", packed.getvalue()), ("target.csv", TARGET.encode()))

    assert stored["a1"].startswith(b"Extract of 60 rows and 4 columns")
    assert b"kim" not in stored["a1"]
    assert "SYNC02" in ids(examination.findings, State.FAIL)


FILES = {
    "deliveries.csv": history(120, lost=2, doubled=3, retried=4).csv(),
    "before.csv": requests(300, p95=900.0),
    "after.csv": requests(300, p95=4_000.0, begin=9_000, seed=3),
    "timings.txt": curl_timings(3, slow="wait")[0],
    "curl.txt": "* Trying 192.0.2.1:443...\ncurl: (28) Operation timed out after 10000 milliseconds\n",
    "jobs.csv": f"job_id,state,timestamp,error\nj1,enqueued,{START.isoformat()},\n"
    f"j1,dead,{START.isoformat()},boom at kim@example.com\n",
    "slow.log": "# Query_time: 12.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 900000\n"
    "SELECT * FROM a WHERE b = 'kim@example.com';\n",
    "problem.json": '{"type": "about:blank", "title": "Bad", "status": 422, "detail": "email kim@example.com '
    'is taken"}',
    "report.json": '{"run": {"executions": [{"request": {"method": "GET", "url": "https://a.example/x"}, '
    '"response": {"code": 500},'
    ' "assertions": [{"assertion": "ok", "error": {"message": "no"}}]}]}}',
    "source.csv": SOURCE,
    "target.csv": TARGET,
}


@pytest.mark.parametrize("name", FILES)
def test_every_excerpt_of_a_foreign_file_is_found_again_at_its_locator(name: str) -> None:
    examination, stored = examined((name, FILES[name].encode()), at=START)

    assert assert_cited(examination, stored) >= 1
    assert b"kim@example.com" not in b"".join(stored.values())
    assert "kim@example.com" not in repr(examination)


@pytest.mark.slow
def test_all_of_them_together_give_the_same_report_twice() -> None:
    files = [(name, text.encode()) for name, text in FILES.items()]

    first, stored = examined(*files, at=START)
    second, _ = examined(*files, at=START)

    assert first == second
    assert assert_cited(first, stored) > 40


@pytest.mark.parametrize(
    "content",
    [
        b'id,name\n1,"open quote\n2,b\n',
        b"event_id,attempt,attempted_at,status_code\n,,,\n\xff\xfe,1,2026,abc\n",
        b"POST / HTTP/1.1\r\n" + b"a: b\r\n" * 5_000,
        b"PAR1 not really PAR1",
        b"INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'unclosed",
        b"# Query_time: 1.0 Lock_time: 0\n" * 50,
        b"curl: (999) \n" * 10,
        (
            b'{"info": {"schema": "https://schema.getpostman.com/x"}, "item": [{"item": [{"item": [null, 5, '
            b'{"request": []}]}]}]}'
        ),
        (
            b'{"run": {"executions": [null, {"request": 5}, {"request": {"url": 7, "header": [1]}, "response": '
            b'{"code": "x"}}]}}'
        ),
        b'[{"Plan": {"Node Type": "Seq Scan", "Plans": [{"Plans": 5}]}}]',
        b'{"headers": {"x-signature": ["", 5]}, "body": "", "secret": ["", null]}',
        b"a" * 200_000 + b",b\n1,2\n",
    ],
)
def test_broken_files_give_a_report_and_never_a_traceback(content: bytes) -> None:
    examination, stored = examined(("broken", content))

    assert examination.refused == ""
    assert_cited(examination, stored)
