"""Periods as the address says them."""

from datetime import UTC, datetime

import pytest

from sevline.core.lifecycle import Refused
from sevline.reports.period import chosen_from, months_before

AT = datetime(2026, 11, 18, 11, 42, tzinfo=UTC)


def bounds(**given: str) -> tuple[str, str]:
    period = chosen_from({name.rstrip("_"): value for name, value in given.items()}, at=AT).period
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("", "2026-10-01", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026-Q4", "2026-10-01", "2027-01-01"),
    ],
)
def test_months_and_quarters_are_half_open_in_utc(period: str, start: str, end: str) -> None:
    assert bounds(period=period) == (f"{start}T00:00:00+00:00", f"{end}T00:00:00+00:00")


def test_both_days_of_a_custom_period_belong_to_it() -> None:
    assert bounds(from_="2026-11-01", to="2026-11-01") == ("2026-11-01T00:00:00+00:00", "2026-11-02T00:00:00+00:00")


def test_the_address_of_a_period_names_the_same_period() -> None:
    for given in ({"period": "2026-11"}, {"period": "2026-Q2"}, {"from": "2026-02-03", "to": "2026-03-04"}):
        chosen = chosen_from(given, at=AT)
        again = dict(part.split("=") for part in chosen.query.split("&"))
        assert chosen_from(again, at=AT) == chosen


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"from": "2026-11-02", "to": "2026-11-01"}, "ends before it begins"),
        ({"from": "2026-11-31", "to": "2026-12-01"}, "is no day"),
        ({"from": "1066-10-14", "to": "2026-12-01"}, "between the years 2000 and 2100"),
        ({"period": "2026-00"}, "is no period"),
        ({"period": "26-01"}, "is no period"),
    ],
)
def test_what_is_no_period_is_refused(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        chosen_from(given, at=AT)


def test_pooling_takes_the_two_periods_before_along() -> None:
    assert chosen_from({"period": "2026-Q1"}, at=AT).pooled().start == datetime(2025, 7, 1, tzinfo=UTC)
    assert chosen_from({"period": "2026-01"}, at=AT).pooled().start == datetime(2025, 11, 1, tzinfo=UTC)


def test_the_months_of_a_trend_end_with_the_month_of_the_instant() -> None:
    names = [f"{month.start:%Y-%m}" for month in months_before(datetime(2026, 3, 1, tzinfo=UTC), 3)]

    assert names == ["2025-12", "2026-01", "2026-02"]
