"""What an impact card answers of the severity questions, and what it leaves unknown."""

import pytest

from sevline.core.reach import count_of, deadline_of, percent_of
from sevline.core.severity import Deadline


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("about 40 of 310 users", 40),
        ("40/310 users", 40),
        ("all 400 users", 400),
        ("1,200 users", 1200),
        ("rund 1.200 Nutzer", 1200),
        ("three of twelve tenants", 3),
        ("3", 3),
        ("unknown", None),
        ("all of our users", None),
        ("half of our users", None),
        ("15 % of users", None),
        ("15% of users", None),
        ("2.5 users", None),
        ("more than 100 users", None),
        ("at least 40", None),
        ("über 40 Nutzer", None),
        ("40-50 users", None),
        ("40 to 50 users", None),
        ("40+ users", None),
        ("40 or more", None),
        ("up to 50 users", 50),
        ("", None),
    ],
)
def test_a_count_is_read_and_a_share_is_none(written: str, count: int | None) -> None:
    assert count_of(written) == count


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (40, 130_000, 0.04),
        (1, 1000, 0.1),
        (1, 12, 8.4),
        (400, 400, 100.0),
        (500, 400, 100.0),
        (0, 10, 0.0),
        (3, 12, 25.0),
    ],
)
def test_a_share_is_rounded_up_and_never_above_all(part: int, whole: int, percent: float) -> None:
    assert percent_of(part, whole) == percent


def test_a_share_of_nothing_is_not_known() -> None:
    assert percent_of(1, 0) is None


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Go-live of the Rotterdam site is Monday", Deadline.GO_LIVE_WITHIN_5_DAYS),
        ("Go-live ist am Montag", Deadline.GO_LIVE_WITHIN_5_DAYS),
        ("Go-live next Monday", Deadline.UNKNOWN),
        ("Go-live on 1 December", Deadline.UNKNOWN),
        ("Board meeting on Monday", Deadline.UNKNOWN),
        ("Month-end closing tomorrow", Deadline.WITHIN_24_HOURS),
        ("none", Deadline.NONE),
        ("unknown", Deadline.UNKNOWN),
    ],
)
def test_a_deadline_is_answered_only_where_its_day_is_plain(written: str, answer: Deadline) -> None:
    assert deadline_of(written) is answer
