from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS
from sevline.core.readers.logs.reading import read_log

parse = FORMATS["compose"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_container_is_the_service_and_colours_are_dropped() -> None:
    found = parse(b"\x1b[2Kweb-1  | \x1b[31mpool is full\x1b[0m")

    assert found is not None
    assert (found.service, found.message) == ("web-1", b"pool is full")


def test_the_own_header_of_a_server_behind_the_container_tells_its_time() -> None:
    found = parse(b"redis-1  | 1:M 25 Apr 2024 05:54:43.946 # ready to exit")

    assert found is not None
    assert found.stamp is not None
    assert (found.stamp.at, found.level, found.message) == (1714024483.946, "WARN", b"ready to exit")


def test_a_table_row_that_opens_with_a_bar_is_not_compose() -> None:
    assert parse(b"| a | b |") is None


def test_a_trace_goes_on_behind_what_another_container_wrote() -> None:
    data = (
        b"app-1  | 2026-03-01 10:00:00.123  ERROR 1 --- [main] o.e.A : boom\n"
        b"app-1  | java.lang.IllegalStateException: no\n"
        b"db-1   | checkpoint starting\n"
        b"app-1  | \tat org.example.A.b(A.java:3)\n"
        b"db-1   | checkpoint complete\n"
    )

    found = sorted((record.line_no, record.message) for record in read_log([data], format="compose").records)

    assert found == [
        (1, b"boom\njava.lang.IllegalStateException: no\n\tat org.example.A.b(A.java:3)"),
        (3, b"checkpoint starting"),
        (5, b"checkpoint complete"),
    ]


def test_a_traceback_belongs_to_the_error_of_its_container() -> None:
    trace = (b"Traceback (most recent call last):", b'  File "a.py", line 3, in f', b"KeyError: 1")
    data = b"web-1  | 2026-03-01 10:00:01 ERROR failed\n" + b"".join(b"web-1  | " + line + b"\n" for line in trace)

    (found,) = read_log([data], format="compose").records

    assert (found.level, found.message) == ("ERROR", b"\n".join((b"failed", *trace)))


def test_more_containers_than_are_kept_apart_lose_no_line() -> None:
    data = b"".join(b"c%d  | line %d\n" % (number % 300, number) for number in range(900))

    assert sum(1 for _ in read_log([data], format="compose").records) == 900
