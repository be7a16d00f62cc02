from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["docker_json"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_text_is_the_message_and_the_time_has_its_zone() -> None:
    found = parse(b'{"log":"pool is full\\n","stream":"stderr","time":"2026-03-01T10:00:00.5Z"}')

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.zone_known
    assert (found.message, found.partial) == (b"pool is full", False)


def test_a_text_without_its_newline_goes_on_in_the_next_line() -> None:
    found = parse(b'{"log":"first half, ","stream":"stdout","time":"2026-03-01T10:00:00Z"}')

    assert found is not None
    assert found.partial


def test_the_programs_own_header_is_read_too() -> None:
    found = parse(b'{"log":"ERROR:app.db:no answer\\n","stream":"stderr","time":"2026-03-01T10:00:00Z"}')

    assert found is not None
    assert (found.level, found.service, found.message) == ("ERROR", "app.db", b"no answer")
