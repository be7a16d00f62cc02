from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["syslog_5424"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_structured_data_is_left_out_of_the_message() -> None:
    found = parse(b'<34>1 2026-03-01T10:00:00.003Z host su 12 ID47 [a@1 k="v \\] x"][b@1 z="1"] refused')

    assert found is not None
    assert (found.level, found.service, found.message) == ("FATAL", "su", b"refused")


def test_absent_parts_are_dashes() -> None:
    found = parse(b"<14>1 - - - - - - hello")

    assert found is not None
    assert (found.stamp, found.service, found.message) == (None, None, b"hello")


def test_a_priority_that_does_not_exist_is_refused() -> None:
    assert parse(b"<999>1 2026-03-01T10:00:00Z host su - - - x") is None
