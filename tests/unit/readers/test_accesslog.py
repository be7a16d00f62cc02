"""Access logs of web servers and balancers as calls."""

import pytest

from sevline.core.finding import State
from sevline.core.readers.accesslog import looks_like_access_log, read_access_log
from tests.evidence import found

ALB = (
    "https 2026-11-24T09:00:00.000000Z app/lb/1 198.51.100.7:4444 10.0.0.1:80 0.001 60.000 -1 504 - 100 200 "
    '"GET https://api.example.com:443/v1/report HTTP/1.1" "curl/8" ECDHE TLSv1.2 arn "Root=1-2"'
)
TARGET = ALB.replace("60.000 -1 504 -", "0.200 0.000 503 503")
HAPROXY = (
    "Nov 24 09:00:00 lb haproxy[7]: 198.51.100.7:333 [24/Nov/2026:09:00:00.123] fe~ be/srv1 0/0/1/-1/30002 504 194 "
    '- - sH-- 1/1/1/1/0 0/0 "GET /v1/report HTTP/1.1"'
)
NGINX = '198.51.100.7 - - [24/Nov/2026:09:00:00 +0000] "GET /v1/report HTTP/1.1" 504 160 "-" "curl/8" 60.001'


@pytest.mark.parametrize(("line", "millis"), [(ALB, 60_001), (HAPROXY, 30_002), (NGINX, 60_001)])
def test_a_line_is_a_call_with_its_time_and_its_duration(line: str, millis: float) -> None:
    (call,) = read_access_log([line], "a1").exchanges

    assert (call.method, call.path, call.status) == ("GET", "/v1/report", 504)
    assert call.millis == pytest.approx(millis)
    assert call.started is not None
    assert call.started.isoformat() == "2026-11-24T09:00:00+00:00"
    assert looks_like_access_log([line, line])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ALB, "the load balancer; no target answered it"),
        (TARGET, "the target behind the load balancer"),
        (HAPROXY, "after the server did not answer in time"),
        (HAPROXY.replace("sH--", "SC--"), "the server refused or broke the connection"),
        (HAPROXY.replace("sH--", "----"), "the server behind the load balancer"),
    ],
)
def test_a_balancers_log_tells_who_made_the_status(line: str, said: str) -> None:
    (finding,) = found("API12", read_access_log([line], "a1"))

    assert finding.state is State.FAIL
    assert said in finding.title


def test_lines_of_other_logs_are_no_access_log() -> None:
    assert not looks_like_access_log(["2026-11-24 09:00:00 INFO app/lb started", "1/2/3 GET /x 200"])


def test_a_time_under_a_name_is_the_whole_time_wherever_it_stands() -> None:
    line = (
        '203.0.113.4 - - [20/Nov/2026:09:00:00 +0000] "GET /a HTTP/1.1" 504 10 "-" "x" rt=30.001 uct="0.001" urt="29.9"'
    )

    (call,) = read_access_log([line], "a1").exchanges

    assert call.millis == pytest.approx(30_001)
