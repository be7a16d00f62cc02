"""Requests in tables, as queries over the logs of balancers and clouds export them, are read as calls."""

from datetime import UTC, datetime

import pytest

from sevline.core.finding import Given, State
from sevline.core.readers.deliveries import Deliveries
from sevline.core.readers.http import AccessLog
from sevline.core.readers.jsonrequests import row_request
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.moments import any_moment
from sevline.core.readers.reader import Form, Source, read_all
from tests import foreign
from tests.evidence import states

AT = datetime(2026, 11, 24, 9, 0, 9, tzinfo=UTC)
TABLES = {
    "Athena over an AWS balancer": (
        "type,time,elb,target_processing_time,elb_status_code,target_status_code,request_verb,request_url,trace_id",
        "https,2026-11-24T09:00:09Z,app/a,0.06,504,-,GET,https://a.example/o,Root=1-6",
    ),
    "Application Insights": (
        "timestamp [UTC],id,name,url,success,resultCode,duration,operation_Id",
        '"11/24/2026, 09:00:09.000 AM",7f,GET /o,https://a.example/o,False,504,60,4c',
    ),
    "Kibana": (
        "@timestamp,_id,http.request.method,url.path,http.response.status_code",
        '"Nov 24, 2026 @ 09:00:09.000",x1,GET,/o,504',
    ),
    "CloudFront": (
        "date,time,c-ip,cs-method,cs(Host),cs-uri-stem,sc-status",
        "2026-11-24,09:00:09,x,GET,d1.example,/o,504",
    ),
    "Azure API Management": (
        "TimeGenerated,Method,Url,ResponseCode,TotalTime",
        "2026-11-24T09:00:09Z,GET,https://a.example/o,504,60",
    ),
}


def read(heading: str, row: str, times: int = 20) -> list[Given]:
    return list(read_all(Form.LINES, Source("a1", "export.csv"), [heading, *[row] * times]))


@pytest.mark.parametrize("name", TABLES)
def test_an_export_of_requests_is_read_as_calls(name: str) -> None:
    (log,) = (one for one in read(*TABLES[name]) if isinstance(one, AccessLog))

    assert len(log.exchanges) == 20
    assert (log.exchanges[0].method, log.exchanges[0].status, log.exchanges[0].started) == ("GET", 504, AT)
    assert states("API12", log) == {State.FAIL}


@pytest.mark.parametrize("name", TABLES)
def test_an_export_of_requests_is_no_log_of_deliveries(name: str) -> None:
    heading, row = TABLES[name]
    given = foreign.text("\n".join([heading, *[row] * 20]), name="export.csv")

    assert Deliveries not in {type(one) for one in given}


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("event_id,attempt,sent_at,status_code,endpoint_url", "e1,1,2026-11-24T09:00:09Z,200,https://h.example/in"),
        ("id,url,name", "1,https://a.example,x"),
        ("method,url,status,time", "GET,/o,many,2026-11-24T09:00:09Z"),
        ("method,url,status,time", "CARD,/o,200,2026-11-24T09:00:09Z"),
        ("method,url", "\x00,\ufffd"),
    ],
)
def test_a_table_of_something_else_holds_no_calls(heading: str, row: str) -> None:
    assert [one for one in read(heading, row) if isinstance(one, AccessLog)] == []


def test_durations_of_a_table_are_read_once() -> None:
    given = read("time,duration_ms,method,url,status", "2026-11-24T09:00:09Z,60,GET,/o,200")

    assert [type(one) for one in given if isinstance(one, AccessLog | Latencies)] == [AccessLog]


def test_a_column_within_another_that_holds_a_value_is_passed_over() -> None:
    assert row_request({"a": "1", "a.b": "2", "method": "GET", "url": "/", "status": "200", "time": "x"}) is None


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Nov 24, 2026 @ 09:00:09.250", 9.25),
        ("11/24/2026, 9:00:09.250 AM", 9.25),
        ("11/24/2026 09:00:09", 9.0),
    ],
)
def test_times_of_kibana_and_of_azures_portals_are_read(text: str, second: float) -> None:
    read_at = any_moment(text)

    assert read_at is not None
    assert read_at.second + read_at.microsecond / 1e6 == second


@pytest.mark.parametrize("text", ["Nov 24, 2026 @ noon today", "24/2026, @ 09:00:09.", "@@@@@@@@@@@@@@@@@@@@"])
def test_what_is_no_time_stays_none(text: str) -> None:
    assert any_moment(text) is None
