from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["plain"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_it_reads_no_header_so_that_every_other_format_is_asked_first() -> None:
    assert parse(b"anything") is None
