"""Forms in which tools and people hand out logs."""

import json

import pytest

from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.logs.times import anything
from sevline.core.redaction.modes import is_no_text

AT = 1772359200  # 2026-03-01 10:00:00 UTC


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Mar 1, 2026 @ 10:00:00.250", 0.25),
        ("01.03.2026 10:00:00", 0),
        ("1.3.2026, 10:00:00,5", 0.5),
        ("3/1/2026, 10:00:00.125 AM", 0.125),
        ("3/1/2026 10:00:00 PM", 43200),
        ("3/1/2026, 12:00:00 AM", -36000),
    ],
)
def test_times_of_tables_for_people_are_read_and_name_no_zone(text: str, seconds: float) -> None:
    found = anything(text)

    assert found is not None
    assert (found.at - AT, found.zone_known) == (seconds, False)


@pytest.mark.parametrize(
    "text", ["01/03/2026 10:00:00", "Foo 1, 2026 @ 10:00:00", "41.03.2026 10:00:00", "13/1/2026 10:00:00 AM", "soon"]
)
def test_what_may_be_either_or_is_none_stays_unread(text: str) -> None:
    assert anything(text) is None


def test_events_that_a_subscription_of_cloudwatch_delivers_are_read_one_by_one() -> None:
    events = [{"id": str(n), "timestamp": AT * 1000 + n, "message": f"[ERROR] lost {n}"} for n in range(3)]
    parcel = {"messageType": "DATA_MESSAGE", "logGroup": "/x", "subscriptionFilters": ["f"], "logEvents": events}
    reading = read_log([json.dumps(parcel).encode() * 2])

    found = list(reading.records)

    assert reading.detection.format == "cloudwatch"
    assert [one.level for one in found] == ["ERROR"] * 6
    assert [one.at for one in found[:3]] == [AT, AT + 0.001, AT + 0.002]


def test_a_line_without_its_end_is_counted_too() -> None:
    reading = read_log([json.dumps({"events": [{"timestamp": AT, "message": "x", "eventId": "1"}]}).encode()])

    assert (len(list(reading.records)), reading.lines.lines) == (1, 1)


def test_a_table_with_german_columns_and_semicolons_is_one() -> None:
    data = b"Zeit;Level;Meldung\n01.03.2026 10:00:00;ERROR;verloren\n01.03.2026 10:00:01;INFO;gefunden\n"
    first, second = read_log([data]).records

    assert (first.at, first.level, first.message) == (AT, "ERROR", b"verloren")
    assert (second.level, second.message) == ("INFO", b"gefunden")


def test_a_classic_balancers_line_is_read_by_its_status() -> None:
    line = (
        b"2026-03-01T10:00:00.5Z my-lb 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 503 503 0 29 "
        b'"GET http://www.example.com:80/a HTTP/1.1" "curl/7.38.0" - -\n'
    )
    reading = read_log([line])
    [found] = reading.records

    assert reading.detection.format == "alb"
    assert (found.level, found.service, found.message) == ("ERROR", "my-lb", b"GET /a status service-unavailable")


def test_a_message_deep_in_a_record_is_found_with_its_level_and_service() -> None:
    line = {"at": {"log": {"level": "ERROR"}, "event": {"message": "lost", "meta": {"service": "pay"}}}}
    [found] = read_log([json.dumps(line).encode()]).records

    assert (found.message, found.level, found.service) == (b"lost", "ERROR", "pay")


def test_a_small_log_with_zeros_in_it_is_text_and_a_database_is_not() -> None:
    log = b"2026-03-01 10:00:00 INFO a\n2026-03-01 10:00:01 INFO b \0\0 c\n" + b"\0" * 4096 + b"2026-03-01 10 INFO d\n"
    database = b"SQLite format 3\0" + bytes(range(1, 32)) * 8 + b"\n" + b"\0" * 4096

    assert not is_no_text(log)
    assert is_no_text(database)
