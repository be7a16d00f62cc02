from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

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
