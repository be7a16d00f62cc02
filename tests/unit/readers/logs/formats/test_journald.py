from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["journald"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_fields_of_the_journal_give_time_level_and_unit() -> None:
    found = parse(
        b'{"__REALTIME_TIMESTAMP": "1772359200000000", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "sshd", "MESSAGE": "no"}'
    )

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.at == datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC).timestamp()
    assert (found.level, found.service, found.message) == ("ERROR", "sshd", b"no")


def test_a_message_written_as_byte_values_is_read() -> None:
    found = parse(b'{"__REALTIME_TIMESTAMP": "1772359200000000", "MESSAGE": [104, 105, 255]}')

    assert found is not None
    assert found.message == b"hi\xff"


def test_other_json_is_not_the_journal() -> None:
    assert parse(b'{"message": "x"}') is None
