"""Lengths of time in findings."""

import pytest

from sevline.core.lasting import about, lasting


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "0 s"),
        (-61, "61 s"),
        (600, "600 s"),
        (754, "754 s (12 min)"),
        (3_600, "3600 s (1 h)"),
        (86_400 + 120, "86520 s (1 day 2 min)"),
        (195_608_000, "195608000 s (2,263 days 23 h)"),
    ],
)
def test_a_length_of_time_is_said_in_exact_seconds_and_in_units_that_people_use(seconds: float, said: str) -> None:
    assert lasting(seconds) == said


@pytest.mark.parametrize(("seconds", "said"), [(90, "90 s"), (30_001, "8 h 20 min"), (86_400, "1 day")])
def test_where_nobody_counts_with_the_seconds_only_the_units_are_said(seconds: float, said: str) -> None:
    assert about(seconds) == said
