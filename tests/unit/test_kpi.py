"""Percentiles, intervals, verdicts and exclusions that all KPIs share."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevline.core.kpi import (
    KPIS,
    TARGETS,
    EventRow,
    Exclusions,
    Period,
    Status,
    TargetRow,
    display,
    judge,
    measure,
    percentile,
    wilson,
)

AT = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([1, 2, 3, 4], 0.5, 2.5), ([1, 2, 3], 0.5, 2), ([7], 0.9, 7), ([0, 10], 0.9, 9), ([4, 1, 3, 2], 1.0, 4)],
)
def test_percentiles_interpolate_linearly(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == pytest.approx(expected)


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_lies_between_the_least_and_the_most(values: list[float], share: float) -> None:
    assert min(values) <= percentile(values, share) * (1 + 1e-12) + 1e-9
    assert percentile(values, share) <= max(values) * (1 + 1e-12) + 1e-9


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    interval = wilson(*counts)
    assert interval is not None
    assert -1e-9 <= interval[0] <= 100 * counts[0] / counts[1] + 1e-9
    assert 100 * counts[0] / counts[1] - 1e-9 <= interval[1] <= 100 + 1e-9


def test_no_trials_have_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (95, Status.EXCEEDED),
        (85, Status.MET),
        (84.9, Status.AT_RISK),
        (76.5, Status.AT_RISK),
        (76.4, Status.MISSED),
    ],
)
def test_a_share_is_judged_by_floor_and_stretch(value: float, status: Status) -> None:
    assert judge(value, TARGETS["F-03"]) is status


@pytest.mark.parametrize(("value", "status"), [(8, Status.MET), (8.8, Status.AT_RISK), (8.9, Status.MISSED)])
def test_where_less_is_better_the_floor_is_a_ceiling(value: float, status: Status) -> None:
    ceiling = TargetRow(key="F-04", unit="percent", better="lower", judged_by="value", floor=8, stretch=3, min_n=20)
    assert judge(value, ceiling) is status


@pytest.mark.parametrize(
    ("value", "unit", "shown"), [(86.111, "percent", "86.1"), (5.255, "hours", "5.26"), (None, "hours", "–")]
)
def test_figures_are_rounded_half_up_when_shown(value: float | None, unit: str, shown: str) -> None:
    assert display(value, unit) == shown


def test_a_period_is_half_open() -> None:
    period = Period(AT, AT + timedelta(days=1))
    assert AT in period
    assert AT + timedelta(days=1) not in period


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before its end"):
        Period(AT, AT)


def test_a_merged_case_is_out_until_the_merge_is_undone() -> None:
    merged = EventRow("case.merged", AT, "SEV-1")
    spam = EventRow("case.marked_spam", AT, "SEV-2")
    both = Exclusions([merged, spam])
    assert [both.code(case, AT) for case in ("SEV-1", "SEV-2", "SEV-3")] == ["X1", "X2", ""]
    assert both.code("SEV-1", AT - timedelta(seconds=1)) == ""
    assert Exclusions([merged, EventRow("case.unmerged", AT, "SEV-1")]).code("SEV-1", AT) == ""


def test_the_registry_holds_the_kpis_with_their_definitions() -> None:
    measure("F-03", [], Period(AT, AT + timedelta(days=1)), at=AT)
    assert KPIS.keys() == ("F-03", "F-06")
    assert all(entry.definition and entry.title for entry in KPIS)


def test_nothing_is_insufficient_and_no_fault() -> None:
    for key in ("F-03", "F-06"):
        value = measure(key, [], Period(AT, AT + timedelta(days=1)), at=AT + timedelta(days=2))
        assert (value.value, value.n, value.status) == (None, 0, Status.INSUFFICIENT)
