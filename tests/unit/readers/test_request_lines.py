"""Requests that an application writes into its own log are read as calls, whatever form it gives them."""

from datetime import UTC, datetime

import pytest

from sevline.core.finding import Given, State
from sevline.core.readers.http import AccessLog
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.reader import Form, Source, read_all
from tests.evidence import found, states

AT = datetime(2026, 11, 25, 12, 30, 1, tzinfo=UTC)


def evidence(*lines: str) -> list[Given]:
    return list(read_all(Form.LINES, Source("a1", "app.log"), list(lines)))


def log_of(*lines: str) -> AccessLog:
    (log,) = (one for one in evidence(*lines) if isinstance(one, AccessLog))
    return log


FORMS = (
    "2026-11-25T12:30:01Z INFO [http-1] c.k.api.Orders - GET /api/v2/orders 200 67 ms tenant=t_7712",
    "2026-11-25 12:30:01,000 INFO web: GET /api/v2/orders HTTP/1.1 200 in 0.067 s",
    '2026-11-25T12:30:01+00:00 app[4]: "GET /api/v2/orders HTTP/1.1" 200 67.0ms',
    "2026-11-25T13:30:01+01:00 request finished: GET /api/v2/orders responded 200 took=67ms",
    "time=2026-11-25T12:30:01Z level=info method=GET path=/api/v2/orders status=200 duration=67ms",
    '{"ts":"2026-11-25T12:30:01Z","method":"GET","path":"/api/v2/orders","status":200,"duration_ms":67}',
    '{"time":"2026-11-25T12:30:01Z","http.method":"GET","http.target":"/api/v2/orders","code":200,"took":"67 ms"}',
    '[GIN] 2026/11/25 - 12:30:01 | 200 |    67.0ms |  192.0.2.1 | GET      "/api/v2/orders"',
)


@pytest.mark.parametrize("line", FORMS)
def test_method_address_status_time_and_duration_are_read_of_every_form(line: str) -> None:
    call = log_of(*[line] * 10).exchanges[0]

    assert (call.method, call.url, call.status, call.started) == ("GET", "/api/v2/orders", 200, AT)
    assert call.millis == pytest.approx(67.0)
    assert call.locator == "1:1"


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-25T12:30:01Z INFO retry GET /api/v2/orders in 200 ms",
        "2026-11-25T12:30:01Z INFO GET /api/v2/orders queued",
        "2026-11-25T12:30:01Z INFO uploaded POST-processing of 404 files",
        "GET /api/v2/orders 200 67 ms",
        "2026-11-25T12:30:01Z INFO proxying GET /api to 500.example.com",
        "2026-11-25T12:30:01Z INFO GET /orders/500 took 67 ms",
        "2026-11-25T12:30:01Z INFO GET https://shop.example.com/items/404 started",
        "2026-11-25T12:30:01Z INFO POST /v1/orders 503 items accepted",
    ],
)
def test_a_line_that_only_speaks_of_a_request_or_has_no_time_is_none(line: str) -> None:
    assert [one for one in evidence(*[line] * 20) if isinstance(one, AccessLog)] == []


def test_a_code_of_the_applications_own_is_not_taken_for_the_answer() -> None:
    line = "2026-11-25T12:30:01Z INFO error_code=500 code=412 method=GET path=/api/v2/orders status=200 took=67ms"

    assert {call.status for call in log_of(*[line] * 10).exchanges} == {200}


def test_fewer_than_ten_are_no_log_of_requests() -> None:
    assert [one for one in evidence(*[FORMS[0]] * 9) if isinstance(one, AccessLog)] == []


def some_fail() -> list[str]:
    """100 requests, a second apart; of those from the 50th every other one fails."""
    return [
        f"2026-11-25T12:{30 + at // 60}:{at % 60:02}Z INFO [http-{at % 4}] orders - GET /api/v2/orders "
        f"{500 if at >= 50 and at % 2 else 200} {40 + at % 9} ms"
        for at in range(100)
    ]


def test_a_status_in_the_running_text_is_a_failure_that_is_found_and_cited() -> None:
    (finding,) = found("API11", *evidence(*some_fail()))

    assert finding.title.startswith("GET /api/v2/orders answered 500 25 times: an error inside the application.")
    assert finding.evidence[0].locator == "52:1"


def test_failures_of_senders_that_nobody_knows_are_no_retries_of_one_client() -> None:
    calls = evidence(*some_fail())

    assert found("API15", *calls) == []
    assert states("PERF09", *calls) == set()


def test_failures_of_many_clients_are_no_retries_and_those_of_one_are() -> None:
    line = "2026-11-25T12:30:{:02}Z INFO api GET /api/v2/orders 503 9 ms client_ip=192.0.2.{}"
    many = evidence(*[line.format(at, at) for at in range(20)])
    one = evidence(*[line.format(at, 7) for at in range(20)])

    assert found("API15", *many) == []
    assert states("API15", *one) == {State.FAIL}


def test_durations_of_the_requests_are_there_for_the_checks_that_ask_for_them() -> None:
    (durations,) = (one for one in evidence(*some_fail()) if isinstance(one, Latencies))

    assert len(durations) == 100


def test_of_a_name_that_stands_twice_in_an_object_the_first_of_the_least_deep_counts() -> None:
    line = (
        '{"time":"2026-11-25T12:30:01Z","req":{"method":"GET","url":"/a"},"res":{"status":200},'
        '"cached":{"status":500,"origin":{"status":503}}}'
    )

    assert log_of(*[line] * 10).exchanges[0].status == 200


def test_a_list_of_webhook_deliveries_is_no_list_of_requests() -> None:
    request = {"method": "POST", "url": "https://h.example/in", "status": 503, "timestamp": "2026-11-25T12:30:01Z"}
    deliveries = [request | {"event_id": f"evt_{number}", "attempt": 1} for number in range(20)]

    def logs(document: object) -> list[Given]:
        given = read_all(Form.JSON, Source("a1", "x.json"), document)
        return [one for one in given if isinstance(one, AccessLog)]

    assert len(logs([request] * 20)) == 1
    assert logs(deliveries) == []


@pytest.mark.parametrize("details", [{"statusDetails": "response_sent_by_backend"}, {}])
def test_entries_of_a_clouds_log_explorer_are_requests_and_no_events(details: dict[str, str]) -> None:
    asked = {"requestMethod": "GET", "requestUrl": "https://a.example/in", "status": 302, "latency": "0.04s"}
    entry = {"httpRequest": asked, "timestamp": "2026-11-25T12:30:01Z", "resource": {"type": "http_load_balancer"}}
    document = [entry | {"insertId": f"1x{number}", "jsonPayload": details} for number in range(20)]

    (log,) = (one for one in read_all(Form.JSON, Source("a1", "x.json"), document) if isinstance(one, AccessLog))

    assert {call.status for call in log.exchanges} == {302}


def test_a_word_in_capitals_that_is_no_method_makes_no_request() -> None:
    row = {"time": "2026-11-25T12:30:01Z", "path": "/a", "status": 200}

    def logs(method: str) -> list[Given]:
        given = read_all(Form.JSON, Source("a1", "x.json"), [row | {"method": method}] * 10)
        return [one for one in given if isinstance(one, AccessLog)]

    assert [len(logs(method)) for method in ("PATCH", "propfind", "CARD", "SEPA")] == [1, 1, 0, 0]


@pytest.mark.parametrize("method", ["PURGE", "BAN", "QUERY", "PROPFIND", "LOCK"])
def test_methods_of_caches_and_of_webdav_are_requests_too(method: str) -> None:
    lines = [
        f'{{"ts":"2026-11-25T12:00:{at:02}Z","method":"{method}","path":"/a","status":503,"duration_ms":4}}'
        for at in range(12)
    ]

    (log,) = (one for one in read_all(Form.LINES, Source("a1", "app.log"), lines) if isinstance(one, AccessLog))

    assert {(call.method, call.status) for call in log.exchanges} == {(method, 503)}
