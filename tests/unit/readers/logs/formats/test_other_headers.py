"""Headers that programs write less often than an ISO time: each form, what it is read as, and what is left to
others."""

from datetime import UTC, datetime

import pytest

from sevline.core.readers.logs import FORMATS
from sevline.core.readers.logs.reading import read_log

AT = datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC).timestamp()
REFERENCE = datetime(2026, 3, 2, tzinfo=UTC)
LEVELLESS = None


@pytest.mark.parametrize(
    ("form", "line", "seconds", "level", "service"),
    [
        ("monolog", b"[2026-03-01 10:00:00] production.ERROR: sync failed", 0, "ERROR", "production"),
        ("monolog", b"[2026-03-01T10:00:00.5+01:00] app.WARNING: sync failed [] []", -3599.5, "WARN", "app"),
        ("ruby_logger", b"E, [2026-03-01T10:00:00.25 #41] ERROR -- : sync failed", 0.25, "ERROR", None),
        ("ruby_logger", b"I, [2026-03-01T10:00:00.25 #41]  INFO -- puma: sync failed", 0.25, "INFO", "puma"),
        ("day_first", b"01-Mar-2026 10:00:00.5 SEVERE [main] ex.Pool.open sync failed", 0.5, "ERROR", "ex.Pool.open"),
        ("day_first", b"[01-Mar-2026 10:00:00 UTC] PHP Warning:  sync failed", 0, "WARN", None),
        ("day_first", b"[01-Mar-2026 10:00:00 UTC] PHP Fatal error:  sync failed", 0, "ERROR", None),
        ("day_first", b"01/Mar/2026:10:00:00 +0100 ERROR sync failed", -3600, "ERROR", None),
        ("day_first", b"01 Mar 2026 10:00:00 sync failed", 0, LEVELLESS, None),
        ("level_first", b"ERROR 2026-03-01 10:00:00,250 sync failed", 0.25, "ERROR", None),
        ("level_first", b"INFO  [2026-03-01 10:00:00,250] ex.Pool: sync failed", 0.25, "INFO", "ex.Pool"),
        ("level_first", b"[E 2026-03-01 10:00:00.250 ServerApp] sync failed", 0.25, "ERROR", "ServerApp"),
        ("level_first", b"  DEBUG 2026-03-01 10:00:00.25 sync failed", 0.25, "DEBUG", None),
        ("level_first", b"[ERROR] 2026-03-01T10:00:00Z sync failed", 0, "ERROR", None),
        ("compact_time", b"20260301T100000.5Z ERROR sync failed", 0.5, "ERROR", None),
        ("compact_time", b"20260301 10:00:00 sync failed", 0, LEVELLESS, None),
        ("compact_time", b"1772359200.25 WARN sync failed", 0.25, "WARN", None),
        ("compact_time", b"1772359200250 sync failed", 0.25, LEVELLESS, None),
        ("compact_time", b"2026.03.01 10:00:00.5 [ 12 ] {} <Error> executor: sync failed", 0.5, "ERROR", "executor"),
        ("logcat", b"03-01 10:00:00.250  1234  1250 W Sync: sync failed", 0.25, "WARN", "Sync"),
        ("deep_level", b"2026-03-01T10:00:00.5Z 0 [Warning] sync failed", 0.5, "WARN", None),
        ("deep_level", b"2026-03-01 10:00:00.5 UTC [12] app@db ERROR:  sync failed", 0.5, "ERROR", None),
        ("deep_level", b"2026-03-01 10:00:00.5 12 INFO nova.compute [r] sync failed", 0.5, "INFO", "nova.compute"),
        ("deep_level", b"2026-03-01 10:00:00,5 [myid:1] - INFO  sync failed", 0.5, "INFO", None),
        ("deep_level", b"[2026-03-01 10:00:00,5: ERROR/MainProcess] sync failed", 0.5, "ERROR", "MainProcess"),
        ("deep_level", b"[2026-03-01 10:00:00.5][12][warning][r] sync failed", 0.5, "WARN", None),
        ("elasticsearch", b"[2026-03-01T10:00:00,5][WARN ][o.e.n.Node  ] [n-1] sync failed", 0.5, "WARN", "o.e.n.Node"),
        ("jboss", b"2026-03-01 10:00:00,5 INFO  [ex.Pool] (default task-1) sync failed", 0.5, "INFO", "ex.Pool"),
        ("redis", b"12:M 01 Mar 2026 10:00:00.250 # sync failed", 0.25, "WARN", "master"),
        ("month_first", b"Sun Mar  1 10:00:00 2026 sync failed", 0, LEVELLESS, None),
        ("month_first", b"Mar 01 10:00:00.25 ERROR sync failed", 0.25, "ERROR", None),
        ("level_first", b"INFO  [main] 2026-03-01 10:00:00,250 sync failed", 0.25, "INFO", None),
        ("iso", b"2026-03-01 10:00:00.250 +00:00 [ERR] sync failed", 0.25, "ERROR", None),
        ("iso", b"2026-03-01 10:00:00 [main] [Error] sync failed", 0, "ERROR", None),
    ],
)  # fmt: skip
def test_a_header_gives_time_level_and_logger_and_leaves_the_message(
    form: str, line: bytes, seconds: float, level: str | None, service: str | None
) -> None:
    found = FORMATS[form].reader(REFERENCE)(line)

    assert found is not None
    assert found.stamp is not None
    assert (found.stamp.at - AT, found.level, found.service) == (seconds, level, service)
    assert found.message.removeprefix(b"[r] ") == b"sync failed"


@pytest.mark.parametrize(
    ("line", "level", "service"),
    [
        (b"10:00:00 [CRITICAL][twisted                :147 ] sync failed", "FATAL", "twisted"),
        (b"10:00:00 [INFO    ][app.db:5] sync failed", "INFO", "app.db"),
        (b"[10:00:00 ERR] sync failed", "ERROR", None),
        (b"10:00:00.123 [main] ERROR org.example.Pool - sync failed", "ERROR", "org.example.Pool"),
        (b"10:00:00.123 [warning] sync failed", "WARN", None),
    ],
)
def test_a_clock_without_a_date_gives_a_level_and_no_time(line: bytes, level: str, service: str | None) -> None:
    found = FORMATS["clock_only"].reader(REFERENCE)(line)

    assert found is not None
    assert (found.stamp, found.level, found.service, found.message) == (None, level, service, b"sync failed")


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("monolog", b"[2026-03-01 10:00:00] production.Thing: sync failed"),
        ("monolog", b"[2026-13-01 10:00:00] production.ERROR: sync failed"),
        ("ruby_logger", b"E, [yesterday #41] ERROR -- : sync failed"),
        ("day_first", b"31-Feb-2026 10:00:00 SEVERE sync failed"),
        ("day_first", b"01-Foo-2026 10:00:00 SEVERE sync failed"),
        ("level_first", b"Order 2026-03-01 10:00:00 sync failed"),
        ("compact_time", b"20261301T100000 sync failed"),
        ("compact_time", b"12345 sync failed"),
        ("compact_time", b"1772359200"),
        ("logcat", b"13-41 10:00 E sync failed"),
        ("clock_only", b"10:00:00 we had lunch"),
        ("java_util", b"INFORMATION about it"),
        ("deep_level", b"2026-03-01 10:00:00 ERROR sync failed"),
        ("deep_level", b"2026-03-01 10:00:00 [main] ERROR sync failed"),
        ("deep_level", b"2026-03-01 10:00:00 3 Error codes were found"),
        ("deep_level", b"2026-03-01 10:00:00 [a] [b] [c] [d] [e] [ERROR] sync failed"),
        ("elasticsearch", b"[2026-03-01T10:00:00,5][node][x] sync failed"),
        ("jboss", b"2026-03-01 10:00:00,5 THING [ex.Pool] (task) sync failed"),
        ("mongodb", b'{"t":{"$date":"2026-03-01T10:00:00Z"},"s":"I"}'),
        ("mongodb", b'{"t":{"$date":"soon"},"s":"I","msg":"x"}'),
        ("redis", b"12:M 41 Mar 2026 10:00:00.250 # sync failed"),
        ("month_first", b"Mar 01 10:00:00 sync failed"),
        ("month_first", b"Thu Foo  1 10:00:00 2026 sync failed"),
    ],
)
def test_a_line_that_is_not_of_the_form_is_left_to_others(form: str, line: bytes) -> None:
    assert FORMATS[form].reader(REFERENCE)(line) is None


def test_a_line_of_mongodb_gives_its_component_and_its_attributes_as_slots() -> None:
    line = (
        b'{"t":{"$date":"2026-03-01T10:00:00.500+00:00"},"s":"W","c":"NETWORK","id":7,'
        b'"msg":"sync failed","attr":{"n":3}}'
    )

    found = FORMATS["mongodb"].reader(REFERENCE)(line)

    assert found is not None
    assert found.stamp is not None
    assert (found.stamp.at - AT, found.level, found.service) == (0.5, "WARN", "NETWORK")
    assert found.message == b"sync failed n=3"


def test_java_util_logging_on_two_lines_is_one_record_with_its_trace() -> None:
    text = (
        b"Mar 01, 2026 10:00:00 PM org.example.Pool open\n"
        b"SEVERE: sync failed\n"
        b"java.lang.IllegalStateException: closed\n"
        b"\tat org.example.Pool.open(Pool.java:12)\n"
        b"Mar 01, 2026 12:00:01 AM org.example.Pool open\n"
        b"INFO: up\n"
    )

    reading = read_log([text])
    first, second = reading.records

    assert reading.detection.format == "java_util"
    assert first.at == AT + 12 * 3600
    assert (first.level, first.service, first.message.split(b"\n")[0]) == ("ERROR", "org.example.Pool", b"sync failed")
    assert second.at == AT - 10 * 3600 + 1
    assert (second.level, second.message) == ("INFO", b"up")


@pytest.mark.parametrize(
    ("line", "form"),
    [
        (b"[2026-03-01 10:00:00] production.ERROR: sync failed", "monolog"),
        (b"E, [2026-03-01T10:00:00.25 #41] ERROR -- : sync failed", "ruby_logger"),
        (b"01-Mar-2026 10:00:00.5 SEVERE [main] org.ex.Pool.open sync failed", "day_first"),
        (b"ERROR 2026-03-01 10:00:00,250 sync failed", "level_first"),
        (b"1772359200.25 WARN sync failed", "compact_time"),
        (b"03-01 10:00:00.250  1234  1250 W Sync: sync failed", "logcat"),
        (b"[10:00:00 ERR] sync failed", "clock_only"),
        (b"2026-03-01 10:00:00.250 +00:00 [ERR] sync failed", "iso"),
    ],
)
def test_a_log_of_such_lines_is_recognised_by_itself(line: bytes, form: str) -> None:
    reading = read_log([b"\n".join([line] * 5) + b"\n"], reference=REFERENCE)

    assert reading.detection.format == form
    assert reading.detection.share == 1.0
