from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["bare"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_every_line_is_a_message() -> None:
    found = parse(b"2026-03-01 10:00:00 ERROR x")

    assert found is not None
    assert (found.message, found.stamp) == (b"2026-03-01 10:00:00 ERROR x", None)
