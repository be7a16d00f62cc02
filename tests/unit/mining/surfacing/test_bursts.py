"""Bursts: few false alarms on what is flat, and a step seen within five minutes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sevline.core.mining.surfacing.bursts import bursts, recurs
from sevline.core.mining.surfacing.counts import CountTable, PatternCounts

START = 29_540_160
DAYS = 30


def table(counts: NDArray[np.int64]) -> CountTable:
    cells = {START + int(at): int(counts[at]) for at in np.flatnonzero(counts)}
    return CountTable([PatternCounts("a", "a", int(counts.sum()), cells)])


@pytest.mark.requirement("R-077")
@pytest.mark.parametrize("rate", [2.0, 5.0, 20.0])
def test_30_flat_days_give_at_most_one_alarm_in_7_and_a_5x_step_is_seen_after_5_minutes(rate: float) -> None:
    rng = np.random.default_rng(11)
    counts = rng.poisson(rate, DAYS * 1440)
    alarms = [burst.detected - START for burst in bursts(table(counts), 0)]
    at = 29 * 1440 + 717
    counts[at : at + 60] = rng.poisson(5 * rate, 60)
    step = next(burst for burst in bursts(table(counts), 0) if burst.detected - START >= at)

    assert max(sum(first <= alarm < first + 7 * 1440 for alarm in alarms) for first in range(0, 23 * 1440, 720)) <= 1
    assert step.detected - START < at + 5
    assert (step.n, step.p < 1e-8, step.ratio > 3) == (1440, True, True)


def test_forty_error_lines_in_a_minute_are_a_burst_however_quiet_the_pattern_is() -> None:
    counts = np.zeros(600, np.int64)
    counts[[3, 100, 550]] = 1
    counts[400] = 40
    [burst] = bursts(table(counts), 0)

    assert (burst.begin - START, burst.end - START, burst.records) == (400, 401, 40)


def test_a_short_log_has_no_bursts() -> None:
    assert bursts(table(np.full(20, 50)), 0) == ()


@pytest.mark.parametrize(("every", "days"), [(1440, 6), (360, 2), (60, 1)])
def test_a_job_that_runs_by_the_clock_recurs(every: int, days: int) -> None:
    counts = np.zeros(days * 1440, np.int64)
    counts[0] = counts[-1] = 1
    counts[120::every] = 40
    job = table(counts)
    first, *_ = bursts(job, 0)

    assert recurs(job, first)


@pytest.mark.parametrize(("rate", "records"), [(0.5, 15), (1, 30), (5, 150), (20, 100), (20, 600)])
def test_a_burst_over_what_always_comes_does_not_recur(rate: float, records: int) -> None:
    counts = np.random.default_rng(3).poisson(rate, 2 * 1440)
    counts[1700] = records
    log = table(counts)
    [burst] = bursts(log, 0)

    assert not recurs(log, burst)


def test_a_job_recurs_over_what_always_comes() -> None:
    counts = np.random.default_rng(3).poisson(2, 3 * 1440)
    counts[90::60] = 60
    log = table(counts)
    first, *_ = bursts(log, 0)

    assert recurs(log, first)


@pytest.mark.parametrize("others", [[], [3 * 1440 + 120], [2 * 1440 + 700, 4 * 1440 + 31]])
def test_a_burst_that_came_once_or_at_other_times_of_the_day_does_not_recur(others: list[int]) -> None:
    counts = np.zeros(6 * 1440, np.int64)
    counts[0] = counts[-1] = 1
    counts[[1440 + 120, *others]] = 40
    log = table(counts)
    first, *_ = bursts(log, 0)

    assert not recurs(log, first)
