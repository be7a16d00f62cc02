"""A status is what a line states as one; other numbers of three digits are none."""

import re

import pytest

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, every_signature
from sevline.core.readers.statedstatus import stated

GATEWAY = re.compile(stated("504"))


@pytest.mark.parametrize(
    "line",
    [
        "upstream orders answered 504",
        "sync failed upstream=orders-db status=504",
        '{"status": 504, "path": "/v1/orders"}',
        '"POST /v2/orders HTTP/1.1" 504 182',
        "POST /v2/orders/batch 504 30012ms",
        "GET /v1/rates -> 504 in 60.0 s",
        "gateway said HTTP/1.1 504 Gateway Time-out",
        "request failed with status code 504",
        "504 Gateway Timeout from orders",
        "received HTTP 504, giving up",
        "response: 504",
        "http_status:504.",
    ],
)
def test_a_stated_status_is_seen(line: str) -> None:
    assert GATEWAY.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-25 06:04:58,504 INFO [orders.api] POST /v2/orders/batch 202 746ms",
        "2026-11-25T06:04:58.504Z INFO started",
        "GET /v2/orders 200 504ms",
        "GET /v2/orders 200 504 ms",
        "took 504 ms",
        "returned 504 rows",
        "received 504 bytes from 10.0.0.504",
        "evicted 504 keys",
        "line 504 of orders.py",
        "order 504 shipped",
        "port=504",
        "status=5040",
        "error at 504:17",
        "build 2026.11.504",
        "amount 504.20 EUR",
    ],
)
def test_another_number_is_no_status(line: str) -> None:
    assert not GATEWAY.search(line)


def sign_of(mode: Mode, *texts: str) -> object:
    lines: Lines = list(enumerate(texts, start=1))
    return every_signature()[mode].of(lines)


def test_the_milliseconds_of_a_time_make_no_cascade() -> None:
    texts = [
        f"2026-11-25 06:0{minute}:58,504 INFO [orders.{name}] POST /v2/orders/batch 202 746ms"
        for minute in range(5)
        for name in ("api", "auth", "mail")
    ]

    assert sign_of(Mode.CASCADING_TIMEOUT, *texts) is None


def test_durations_of_500_ms_make_no_outage_of_a_region() -> None:
    slow = [f"2026-11-25 06:04:{n:02},501 INFO region=eu-1 GET /v2/orders 200 512ms" for n in range(20)]
    others = [f"2026-11-25 06:04:{n:02},101 INFO region=us-1 GET /v2/orders 200 12ms" for n in range(20)]

    assert sign_of(Mode.PARTIAL_OUTAGE, *slow, *others) is None


def test_a_duration_of_404_ms_is_not_what_was_not_found() -> None:
    texts = [
        "12:00:01 POST /v1/orders/7 201 31ms",
        "12:00:02 GET /v1/orders/7 took 404 ms",
        "12:00:03 GET /v1/orders/7 200 12ms",
    ]

    assert sign_of(Mode.CONSISTENCY_LAG, *texts) is None


def test_what_was_written_not_found_and_then_found_is_still_seen() -> None:
    texts = [
        '12:00:01 "POST /v1/orders/7 HTTP/1.1" 201 31',
        '12:00:02 "GET /v1/orders/7?x=1 HTTP/1.1" 404 12',
        "12:00:03 GET /v1/orders/7 status=200 12ms",
    ]

    assert sign_of(Mode.CONSISTENCY_LAG, *texts) is not None
