from datetime import UTC, datetime

import pytest

from sevline.core.readers.logs import FORMATS

parse = FORMATS["java"].reader(datetime(2026, 3, 2, tzinfo=UTC))

TEXT = b"pool is full"


@pytest.mark.parametrize(
    "line",
    [
        b"2026-03-01 10:00:00,123 [main] ERROR org.example.Pool - " + TEXT,
        b"2026-03-01 10:00:00,123 ERROR [main] org.example.Pool - " + TEXT,
        b"2026-03-01 10:00:00,123 ERROR [main] (org.example.Pool) " + TEXT,
        b"2026-03-01T10:00:00.123Z ERROR 1 --- [shop] [main] org.example.Pool   : " + TEXT,
        b"2026-03-01 10:00:00.123 ERROR org.example.Pool: " + TEXT,
        b"[2026-03-01 10:00:00,123] ERROR org.example.Pool: " + TEXT,
    ],
)
def test_the_usual_orders_of_level_thread_and_logger_are_read(line):
    found = parse(line)

    assert found is not None
    assert (found.level, found.service, found.message) == ("ERROR", "org.example.Pool", TEXT)


def test_a_time_and_text_alone_is_left_to_the_generic_reader() -> None:
    assert parse(b"2026-03-01 10:00:00 pool is full") is None


def test_the_first_word_behind_a_thread_is_no_logger() -> None:
    header = parse(b"2026-11-18T10:07:31.204Z INFO  [dispatch-eu-3] delivering evt_1 tenant=t_4471")

    assert header is None
