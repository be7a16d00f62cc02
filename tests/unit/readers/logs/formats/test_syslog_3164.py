from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["syslog_3164"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_missing_year_is_inferred_and_marked() -> None:
    found = parse(b"<27>Mar  1 10:00:00 host-1 sshd[311]: refused")

    assert found is not None
    assert found.stamp is not None
    assert found.stamp == (datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC).timestamp(), False, False)
    assert (found.level, found.service, found.message) == ("ERROR", "sshd", b"refused")


def test_a_day_later_than_the_reference_belongs_to_the_year_before() -> None:
    found = parse(b"Dec 31 23:59:59 host-1 cron: done")

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.at == datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp()


def test_without_a_reference_no_year_is_invented() -> None:
    found = FORMATS["syslog_3164"].reader(None)(b"Mar  1 10:00:00 host-1 sshd[311]: refused")

    assert found is not None
    assert found.stamp is None


def test_an_iso_time_in_its_place_is_read() -> None:
    found = parse(b"2026-03-01T10:00:00+01:00 host-1 kernel: link is up")

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.at == datetime(2026, 3, 1, 9, 0, 0, tzinfo=UTC).timestamp()


def test_a_level_where_the_host_would_stand_is_no_syslog() -> None:
    assert parse(b"2026-03-01T10:00:00Z ERROR pool: empty") is None
    assert parse(b"2026-03-01T10:00:00Z web-1 pool[12]: empty") is not None
    assert parse(b"<34>Mar  1 10:00:00 info pool: empty") is not None
