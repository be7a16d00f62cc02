"""What changed at a moment, and what only seems to have."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sevline.core.mining.surfacing.counts import CountTable, PatternCounts
from sevline.core.mining.surfacing.onset import onsets
from sevline.core.mining.surfacing.rates import Change, rate_changes

START = 29_540_160
RNG = np.random.default_rng(7)


def pattern(name: str, counts: NDArray[np.int64], *, start: int = START) -> PatternCounts:
    cells = {start + int(at): int(counts[at]) for at in np.flatnonzero(counts)}
    return PatternCounts(name, f"template {name}", int(counts.sum()), cells)


def flat(rate: float, minutes: int = 240) -> NDArray[np.int64]:
    return RNG.poisson(rate, minutes)


def step(before: float, after: float, *, at: int = 120, minutes: int = 240) -> NDArray[np.int64]:
    return np.concatenate([RNG.poisson(before, at), RNG.poisson(after, minutes - at)])


def said(patterns: list[PatternCounts], moment: int = START + 120) -> dict[str, Change]:
    table = CountTable(patterns)
    return {table.patterns[found.row].id: found.change for found in rate_changes(table, moment).changes}


def quiet(count: int = 60) -> list[PatternCounts]:
    return [pattern(f"quiet {number}", flat(2.0)) for number in range(count)]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(0, 0.5, Change.NEW), (1, 4, Change.MORE), (4, 1, Change.LESS), (0.5, 0, Change.GONE)],
)
def test_each_kind_of_change_is_told(before: float, after: float, change: Change) -> None:
    assert said([*quiet(), pattern("x", step(before, after))]) == {"x": change}


def test_a_ratio_comes_with_an_interval_that_holds_the_truth() -> None:
    table = CountTable([*quiet(), pattern("x", step(2, 8))])
    [found] = rate_changes(table, START + 120).changes

    assert found.interval is not None
    assert found.interval[0] < 4 < found.interval[1]
    assert (found.n, found.minutes_before, found.minutes_after) == (32, 80, 80)


@pytest.mark.parametrize(("begin", "end"), [(60, 110), (60, 120), (100, 160), (125, 170), (70, 115)])
def test_a_change_is_found_across_a_stretch_in_which_nothing_was_recorded(begin: int, end: int) -> None:
    at = begin if begin < 120 <= end else 120
    counts = [RNG.poisson(2.0, 360) for _ in range(60)]
    counts.append(step(1.0, 3.2, at=at, minutes=360))
    for each in counts:
        each[begin:end] = 0
    patterns = [pattern(f"p{row}", each) for row, each in enumerate(counts)]
    found = rate_changes(CountTable(patterns), START + 120)

    assert [(each.row, each.change) for each in found.changes] == [(60, Change.MORE)]
    [change], [gap] = found.changes, found.gaps
    assert (gap.begin - START, gap.end - START) == (begin, end)
    assert change.before == counts[60][change.begin - START : 120].sum()
    assert change.after == counts[60][120 : change.end - START].sum()
    assert change.minutes_before + change.minutes_after + end - begin >= change.end - change.begin


def test_a_storm_of_ten_minutes_is_no_change_of_rate() -> None:
    counts = flat(1.0)
    counts[130:140] += 20

    assert said([*quiet(), pattern("storm", counts)]) == {}


def test_what_all_patterns_do_together_is_traffic() -> None:
    everyone = [pattern(str(number), step(2, 6)) for number in range(60)]
    table = CountTable([*everyone, pattern("against", step(8, 2))])
    compared = rate_changes(table, START + 120)

    assert [table.patterns[found.row].id for found in compared.changes] == ["against"]
    assert 2.5 < compared.traffic < 3.5


def test_a_morning_that_begins_every_day_at_the_moment_is_no_change() -> None:
    day = np.concatenate([np.full(600, 0.3), np.full(600, 3.0), np.full(240, 0.3)])
    rates = np.concatenate([np.tile(day, 4), day[:720]])
    usual = [pattern(f"office {number}", RNG.poisson(rates)) for number in range(5)]
    level = [pattern(f"quiet {number}", flat(2.0, len(rates))) for number in range(30)]

    assert said([*usual, *level], START + 4 * 1440 + 600) == {}


def test_a_nightly_job_is_not_new_when_it_ran_the_nights_before() -> None:
    counts = np.zeros(3 * 1440 + 200, np.int64)
    for day in range(4):
        counts[day * 1440 + 110 : day * 1440 + 170] = 2
    level = [pattern(f"quiet {number}", flat(2.0, len(counts))) for number in range(30)]

    assert said([pattern("job", counts), *level], START + 3 * 1440 + 105) == {}


def test_too_little_log_on_one_side_says_so_and_nothing_else() -> None:
    compared = rate_changes(CountTable(quiet()), START + 235)

    assert compared.changes == ()
    assert compared.silence == "The log covers less than 15 minutes after the moment; nothing can be compared."


def test_a_log_without_times_says_nothing() -> None:
    assert rate_changes(CountTable([]), START).silence
    assert rate_changes(CountTable([PatternCounts("a", "a", 5, {})]), START).changes == ()


def test_onsets_are_found_within_a_minute_and_their_intervals_hold_them() -> None:
    table = CountTable([pattern(str(number), step(1, 5, at=97 + number)) for number in range(20)])
    found = [onset for onset in onsets(table, np.arange(20), START, START + 240) if onset is not None]
    errors = [abs(onset.at.timestamp() / 60 - START - 97 - number) for number, onset in enumerate(found)]
    held = [
        onset.earliest.timestamp() / 60 <= START + 97 + n <= onset.latest.timestamp() / 60
        for n, onset in enumerate(found)
    ]

    assert len(found) == 20
    assert float(np.median(errors)) <= 1
    assert sum(held) >= 17
