from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["cri"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_runtime_gives_the_time_and_the_program_the_rest() -> None:
    found = parse(b"2026-03-01T10:00:00.123456789Z stderr F W0301 09:59:59.000000 1 pool.go:7] pool is full")

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.zone_known
    assert (found.level, found.service, found.message) == ("WARN", "pool.go:7", b"pool is full")


def test_p_marks_a_part_of_a_message() -> None:
    found = parse(b"2026-03-01T10:00:00Z stdout P first half, ")

    assert found is not None
    assert (found.partial, found.message) == (True, b"first half, ")
