"""Access logs of servers, balancers and gateways, in their own forms, as calls with status, time and duration."""

import json
from datetime import UTC, datetime

import pytest

from sevline.core.finding import Given, State
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.http import AccessLog, Exchange
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.readers.sniff import Kind, sniff
from tests.unit.bench.examining import examined

AT = datetime(2026, 11, 25, 9, 0, 5, tzinfo=UTC)
IIS = (
    "#Software: Microsoft Internet Information Services 10.0",
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip sc-status time-taken",
)
CLOUDFRONT = (
    "#Version: 1.0",
    "#Fields: date time x-edge-location c-ip cs-method cs-uri-stem sc-status cs-uri-query x-host-header time-taken",
)
OBJECTS: dict[str, dict[str, object]] = {
    "Caddy": {"ts": AT.timestamp(), "request": {"remote_ip": "192.0.2.7", "method": "GET", "uri": "/o/1"},
              "status": 503, "duration": 0.05},
    "Traefik": {"ClientAddr": "192.0.2.7:50", "DownstreamStatus": 503, "Duration": 50_000_000, "RequestMethod": "GET",
                "RequestPath": "/o/1", "StartUTC": "2026-11-25T09:00:05Z", "OriginStatus": 200},
    "nginx": {"time_iso8601": "2026-11-25T09:00:05+00:00", "remote_addr": "192.0.2.7", "request": "GET /o/1 HTTP/1.1",
              "status": "503", "body_bytes_sent": "12", "request_time": "0.050"},
    "API Gateway": {"requestId": "x1", "ip": "192.0.2.7", "requestTime": "25/Nov/2026:09:00:05 +0000",
                    "httpMethod": "GET", "resourcePath": "/o/{id}", "path": "/o/1", "status": "503",
                    "responseLatency": "50"},
    "Application Gateway": {"time": "2026-11-25T09:00:05Z", "properties": {"clientIP": "192.0.2.7", "httpMethod": "GET",
                            "requestUri": "/o/1", "httpStatus": 503, "timeTaken": 0.05}},
    "Google": {"httpRequest": {"requestMethod": "GET", "requestUrl": "/o/1", "status": 503, "latency": "0.050s",
               "remoteIp": "192.0.2.7"}, "timestamp": "2026-11-25T09:00:05Z", "severity": "WARNING"},
    "Kong": {"request": {"method": "GET", "uri": "/o/1"}, "response": {"status": 503}, "client_ip": "192.0.2.7",
             "latencies": {"request": 50, "kong": 1, "proxy": 49}, "started_at": int(AT.timestamp() * 1000)},
}  # fmt: skip


def read(*lines: str) -> list[Given]:
    return list(read_all(Form.LINES, Source("a1", "access.log"), list(lines)))


def calls(evidence: list[Given]) -> list[Exchange]:
    return [call for log in evidence if isinstance(log, AccessLog) for call in log.exchanges]


def told(call: Exchange) -> tuple[object, ...]:
    return call.method, call.path, call.status, call.started, round(call.millis or 0, 3)


@pytest.mark.parametrize("server", OBJECTS)
def test_a_request_in_an_object_a_line_is_the_call_that_it_was(server: str) -> None:
    found = calls(read(*[json.dumps(OBJECTS[server])] * 12))

    assert [told(call) for call in found] == [("GET", "/o/1", 503, AT, 50.0)] * 12
    assert [call.locator for call in found[:2]] == ["1:1", "2:1"]
    assert {call.sent["x-client"].partition(":")[0] for call in found} == {"192.0.2.7"}


def test_an_edge_that_names_no_duration_has_none() -> None:
    edge = {"ClientIP": "192.0.2.7", "ClientRequestMethod": "GET", "ClientRequestURI": "/o/1",
            "EdgeResponseStatus": 503, "EdgeStartTimestamp": "2026-11-25T09:00:05Z"}  # fmt: skip

    found = calls(read(*[json.dumps(edge)] * 12))

    assert {(call.status, call.millis) for call in found} == {(503, None)}


def test_requests_as_one_list_are_cited_by_their_place() -> None:
    rows = [OBJECTS["Google"]] * 12

    found = calls(list(read_all(Form.JSON, Source("a1", "export.json"), rows)))

    assert [call.locator for call in found[:2]] == ["/0", "/1"]
    assert {call.status for call in found} == {503}


def test_lines_of_iis_have_the_status_of_their_column_and_not_the_port() -> None:
    row = "2026-11-25 09:00:05 10.0.0.4 GET /o/1 id=7 443 - 192.0.2.7 503 50"

    found = calls(read(*IIS, *[row] * 12))

    assert [told(call) for call in found[:1]] == [("GET", "/o/1", 503, AT, 50.0)]
    assert found[0].locator == "3:1"
    assert found[0].url == "/o/1?id=7"


def test_without_the_line_of_names_a_port_is_no_status() -> None:
    row = "2026-11-25 09:00:05 10.0.0.4 GET /o/1 - 443 - 192.0.2.7 200 50"

    assert calls(read(*[row] * 12)) == []


def test_cloudfront_counts_seconds_and_names_the_host() -> None:
    row = "2026-11-25\t09:00:05\tFRA56\t192.0.2.7\tGET\t/o/1\t503\t-\twww.example.com\t0.050"

    found = calls(read(*CLOUDFRONT, *[row] * 12))

    assert told(found[0]) == ("GET", "/o/1", 503, AT, 50.0)
    assert found[0].host == "www.example.com"


CLASSIC = (
    "2026-11-25T09:00:05.945958Z my-elb 192.0.2.7:28 10.0.0.1:80 0.001 0.048 0.001 503 503 0 29 "
    '"GET http://www.example.com:80/o/1 HTTP/1.1" "curl/8.5" - -'
)
TRAEFIK = (
    '192.0.2.7 - - [25/Nov/2026:09:00:05 +0000] "GET /o/1 HTTP/2.0" 503 312 "-" "-" 7 "orders@docker" '
    '"http://10.0.3.7:8080" 50ms'
)


@pytest.mark.parametrize("line", [CLASSIC, TRAEFIK])
def test_a_line_of_a_balancer_has_its_duration(line: str) -> None:
    text = "\n".join([line] * 12)

    found = read_access_log(text.splitlines(), "a1").exchanges

    assert sniff(text.encode()).kind is Kind.ACCESS_LOG
    assert {call.status for call in found} == {503}
    assert round(found[0].millis or 0) == 50


def test_envoy_writes_milliseconds_behind_the_bytes() -> None:
    row = (
        '[2026-11-25T09:00:05.123Z] "GET /o/1 HTTP/2" 503 UF via_upstream - "-" 0 312 50 49 "192.0.2.7" "curl/8.5" '
        '"0f" "orders.example.com" "10.0.3.7:8080"'
    )

    (first, *_) = calls(read(*[row] * 12))

    assert (first.status, first.millis) == (503, 50.0)


@pytest.mark.parametrize("tag", ["[0f1e2d3c-{:04}] ", ""])
def test_rails_names_the_address_in_one_line_and_the_status_in_another(tag: str) -> None:
    head = "I, [2026-11-25T09:00:05.1 #12]  INFO -- : "
    lines = []
    for number in range(12):
        own = head + tag.format(number)
        lines.append(f'{own}Started GET "/o/1" for 192.0.2.7 at 2026-11-25 09:00:05 +0000')
        lines.append(f"{own}Completed 503 Service Unavailable in 50ms (Views: 1.0ms)")

    found = calls(read(*lines, f"{head}Completed 200 OK in 4ms"))

    assert [told(call) for call in found] == [("GET", "/o/1", 503, AT, 50.0)] * 12
    assert [call.locator for call in found[:2]] == ["2:1", "4:1"]


def test_of_requests_that_rails_answers_at_once_nobody_knows_which_ended() -> None:
    head, lines = "I, [2026-11-25T09:00:05.1 #12]  INFO -- : ", []
    for minute in range(12):
        at = f"2026-11-25 09:{minute:02}:05 +0000"
        lines += [f'{head}Started GET "/{path}" for 192.0.2.7 at {at}' for path in ("slow", "healthy")]
        lines += [f"{head}Completed 500 Internal Server Error in 50ms", f"{head}Completed 200 OK in 500ms"]
    for minute in range(12, 24):
        lines.append(f'{head}Started GET "/alone" for 192.0.2.7 at 2026-11-25 09:{minute:02}:05 +0000')
        lines.append(f"{head}Completed 200 OK in 4ms")

    found = calls(read(*lines))

    assert {(call.path, call.status) for call in found} == {("/alone", 200)}


def test_a_request_of_rails_without_its_end_hides_no_later_one() -> None:
    head = "I, [2026-11-25T09:00:05.1 #12]  INFO -- : "
    lines = [f'{head}Started GET "/lost" for 192.0.2.7 at 2026-11-25 09:00:05 +0000']
    for minute in range(1, 13):
        lines.append(f'{head}Started GET "/o/1" for 192.0.2.7 at 2026-11-25 09:{minute:02}:05 +0000')
        lines.append(f"{head}Completed 503 Service Unavailable in 50ms")

    found = calls(read(*lines))

    assert {(call.path, call.status) for call in found} == {("/o/1", 503)}


def test_the_end_of_a_request_that_began_above_the_log_is_not_that_of_the_first_one_in_it() -> None:
    head, lines = "I, [2026-11-25T09:00:{:02}.{:03} #12]  INFO -- : ", []
    for number in range(12):
        at = f"2026-11-25 09:00:{number:02} +0000"
        lines.append(f'{head.format(number, 100)}Started GET "/healthy" for 192.0.2.7 at {at}')
        lines.append(f"{head.format(number, 150)}Completed 200 OK in 49ms")
    lines.insert(1, f"{head.format(0, 120)}Completed 500 Internal Server Error in 3050ms")

    found = calls(read(*lines))

    assert [(call.path, call.status) for call in found] == [("/healthy", 200)] * 12


def test_milliseconds_with_a_fraction_are_no_seconds() -> None:
    rows = [
        json.dumps({"@t": f"2026-11-25T09:00:{n:02}Z", "RequestMethod": "GET", "RequestPath": "/o/1", "StatusCode": 200,
                    "Elapsed": took})
        for n, took in enumerate([34.5, 12, 20.25, 41.125] * 3)
    ]  # fmt: skip

    found = calls(read(*rows))

    assert [call.millis for call in found[:4]] == [34.5, 12, 20.25, 41.125]


def interleaved(head: str) -> list[str]:
    """Two requests at a time of one process, of which the one that began last ends first. `head` takes milliseconds."""
    lines = []
    for at in range(0, 12_000, 1_000):
        for begin, address in ((0, "slow"), (100, "quick")):
            lines.append(
                f'{head.format(5 + at // 1000, begin)}Started GET "/{address}" for 192.0.2.7 at '
                f"2026-11-25 09:00:{5 + at // 1000:02} +0000"
            )
        lines.append(f"{head.format(5 + at // 1000, 130)}Completed 200 OK in 30ms")
        lines.append(f"{head.format(5 + at // 1000, 600)}Completed 500 Internal Server Error in 600ms")
    return lines


def test_requests_of_rails_at_the_same_time_are_paired_by_how_long_they_took() -> None:
    found = calls(read(*interleaved("I, [2026-11-25T09:00:{:02}.{:03} #12]  INFO -- : ")))

    assert {(call.path, call.status, call.millis) for call in found} == {("/quick", 200, 30.0), ("/slow", 500, 600.0)}
    assert len(found) == 24


def test_requests_of_rails_at_the_same_time_are_left_out_where_no_time_tells_them_apart() -> None:
    assert [one for one in read(*interleaved("")) if isinstance(one, AccessLog)] == []


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("[2026-11-25 09:00:00,001] INFO up", Kind.LOG),
        ("[12] [INFO] 2026-11-25 09:00:00 up", Kind.LOG),
        ("[notice] 2026-11-25 09:00:00 up", Kind.LOG),
        ("[2026, 11, 25]", Kind.JSON),
        ("[12]", Kind.JSON),
        ("[null, true]", Kind.JSON),
        ('[{"a": 1}]', Kind.JSON),
    ],
)
def test_a_line_of_a_log_that_begins_with_a_bracket_is_no_list(head: str, kind: Kind) -> None:
    assert sniff(f"{head}\n".encode()).kind is kind


def test_requests_that_two_readers_know_are_judged_once() -> None:
    lines = [
        json.dumps({"ts": f"2026-11-25T09:{n // 60:02}:{n % 60:02}Z", "method": "GET", "path": "/o", "status": 504,
                    "duration_ms": 30_000 if n % 3 == 0 else 60 + n % 7, "tenant": f"t{n % 3}"})
        for n in range(300)
    ]  # fmt: skip
    examination, _ = examined(("requests.jsonl", "\n".join(lines).encode()))

    assert [one.state for one in examination.findings if one.check_id == "PERF03"] == [State.FAIL]
