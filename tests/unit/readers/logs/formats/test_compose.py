from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["compose"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_container_is_the_service_and_colours_are_dropped() -> None:
    found = parse(b"\x1b[2Kweb-1  | \x1b[31mpool is full\x1b[0m")

    assert found is not None
    assert (found.service, found.message) == ("web-1", b"pool is full")


def test_a_table_row_that_opens_with_a_bar_is_not_compose() -> None:
    assert parse(b"| a | b |") is None
