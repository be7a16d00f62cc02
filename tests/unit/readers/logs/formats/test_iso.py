from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["iso"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_a_level_after_the_time_is_read() -> None:
    found = parse(b"[2026-03-01T10:00:00+02:00] [worker 1] error: no answer")

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.at == datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC).timestamp()
    assert (found.level, found.message) == ("ERROR", b"no answer")


def test_a_first_word_that_is_no_level_belongs_to_the_message() -> None:
    found = parse(b"2026-03-01 10:00:00 Starting up")

    assert found is not None
    assert (found.level, found.message) == (None, b"Starting up")


def test_a_day_that_does_not_exist_is_no_time() -> None:
    assert parse(b"2026-02-30 10:00:00 Starting up") is None
    assert parse(b"2026-03-01 25:00:00 Starting up") is None
