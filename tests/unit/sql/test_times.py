"""Times as SQLite keeps them: every writing of a moment is that moment, and what is no time has its place too."""

import functools

import pytest

from sevline.core.sql.times import compared


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-03-02T04:00:00Z", "2026-03-02 05:00:00+00:00"),
        ("2026-03-02 04:00:00", "2026-03-02T04:00:00.250Z"),
        ("2026-03-02T06:30:00+02:00", "2026-03-02T05:00:00Z"),
        ("2026-03-01T23:59:59Z", "2026-03-02"),
        ("2026-02-28T23:59:59Z", "2026-03"),
        ("2025-12-31 23:00", "2026"),
        ("2026-03-02", "not known"),
    ],
)
def test_the_earlier_of_two_times_comes_first_in_whatever_writing(earlier: str, later: str) -> None:
    assert compared(earlier, later) == -1
    assert compared(later, earlier) == 1


def test_one_moment_in_two_writings_is_one_moment() -> None:
    assert compared("2026-03-02T04:00:00Z", "2026-03-02 05:00:00+01:00") == 0


def test_texts_that_are_no_times_stand_in_one_order_behind_the_times() -> None:
    mixed = ["soon", "2026-03-02", "later", "", "2026-03-01T10:00:00Z"]

    in_order = sorted(mixed, key=functools.cmp_to_key(compared))

    assert in_order == ["2026-03-01T10:00:00Z", "2026-03-02", "", "later", "soon"]
