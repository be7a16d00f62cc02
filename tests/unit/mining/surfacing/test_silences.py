"""A stretch in which nothing was recorded is told once, and what goes on behind it is no burst."""

from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
import pytest

from sevline.core.mining.surfacing.card import CardKind, Surfaced
from sevline.core.mining.surfacing.cards import stands_out, surface
from sevline.core.mining.surfacing.counts import CountTable, Example, PatternCounts, minute_of
from sevline.core.mining.surfacing.keeping import as_kept, from_kept
from sevline.core.mining.surfacing.silences import Silence, Silences, stretches

START = minute_of(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


def pattern(number: int, rate: float, empty: Iterable[int], *, minutes: int = 480, source: str = "a") -> PatternCounts:
    random = np.random.default_rng(number)
    counts = random.poisson(rate, minutes)
    counts[list(empty)] = 0
    cells = {START + int(at): int(counts[at]) for at in np.flatnonzero(counts)}
    return PatternCounts(
        f"p{number}", f"template {number}", int(counts.sum()), cells, examples=(Example(source, 1, "text"),)
    )


def told(patterns: list[PatternCounts]) -> Surfaced:
    return surface(patterns)


def test_a_gap_of_the_whole_log_is_one_sentence_and_no_burst() -> None:
    found = told([pattern(number, rate, range(200, 260)) for number, rate in enumerate([40, 20, 9, 5, 3, 2] * 5)])

    [silence] = found.silences
    assert silence.sentence == (
        "Nothing was recorded from 2026-03-02 11:20 UTC to 2026-03-02 12:20 UTC (60 min); about 399 records a minute "
        "are usual around it."
    )
    assert [card.kind for card in found.cards] == []


def test_a_burst_behind_a_gap_is_still_told() -> None:
    loud = pattern(1, 3, range(200, 260))
    minutes = dict(loud.minutes) | {START + 300 + number: 60 for number in range(4)}
    burst = PatternCounts("loud", "loud", sum(minutes.values()), minutes)
    found = told([*(pattern(number, 10, range(200, 260)) for number in range(2, 20)), burst])

    assert [(card.kind, card.pattern.id) for card in found.cards] == [(CardKind.BURST, "loud")]
    assert len(found.silences) == 1


@pytest.mark.parametrize(
    "empty",
    [
        [minute for minute in range(480) if minute % 60 > 2],  # a job of every hour
        [minute for minute in range(480) if minute % 30 > 12],  # written in batches
        range(200, 206),  # a few minutes
        [],
    ],
)
def test_usual_pauses_are_no_silence(empty: Iterable[int]) -> None:
    assert told([pattern(number, 4, list(empty)) for number in range(10)]).silences == ()


def test_a_quiet_log_may_be_empty_for_a_while() -> None:
    quiet = [pattern(number, 0.02, [], minutes=2000) for number in range(4)]

    assert told(quiet).silences == ()


def test_a_file_that_falls_silent_while_others_go_on_is_named_and_does_not_burst_behind_it() -> None:
    stopped = [pattern(number, 12, range(200, 300), source="cart.log") for number in range(10)]
    others = [pattern(number, 12, [], source="search.log") for number in range(10, 20)]
    found = stands_out(CountTable([*stopped, *others]))

    assert [(each.sources, each.end - each.begin) for each in found.silences] == [(("cart.log",), 100)]
    assert found.cards == ()


@pytest.mark.parametrize(
    ("usual", "said"),
    [
        (0.4, "less than one record a minute is"),
        (1.2, "about 1 record a minute is"),
        (1234.0, "about 1,234 records a minute are"),
    ],
)
def test_the_usual_number_is_said_as_people_say_it(usual: float, said: str) -> None:
    assert f"; {said} usual around it." in Silence(START, START + 60, usual, 1e-9, 99).sentence


def test_a_file_is_not_called_silent_where_patterns_may_be_of_several() -> None:
    shared = [pattern(number, 12, [], source="a.log") for number in range(10)]  # also in b.log, as no example tells
    alone = pattern(10, 12, range(200, 300), source="b.log")

    assert told([*shared, alone]).silences == ()


def test_what_a_file_begins_with_is_no_burst_because_other_files_began_earlier() -> None:
    early = [pattern(number, 9, [], source="long.log") for number in range(6)]
    started = PatternCounts(
        "probe", "not ready yet", 40, {START + 400: 40}, examples=(Example("started.log", 1, "not ready yet"),)
    )

    assert [card.pattern.id for card in told([*early, started]).cards] == []


def test_a_stray_time_of_years_ago_costs_neither_time_nor_a_burst() -> None:
    stray = PatternCounts("stray", "clock not set", 1, {0: 1})
    found = told([stray, *(pattern(number, 20, []) for number in range(10))])

    assert [each.begin for each in found.silences] == [1]
    assert found.cards == ()


def test_what_is_kept_of_a_silence_is_what_comes_back() -> None:
    patterns = [pattern(number, 8, range(200, 260)) for number in range(10)]
    found = told(patterns)
    back = from_kept(as_kept(found, str), {each.id: each for each in patterns})

    assert back.silences == found.silences != ()


def test_two_gaps_are_both_told_and_the_parts_between_are_what_is_left() -> None:
    patterns = [pattern(number, 8, [*range(100, 160), *range(300, 340)]) for number in range(10)]
    silences = Silences(patterns, of_one_file=True).whole

    assert [(each.begin - START, each.end - START) for each in silences] == [(100, 160), (300, 340)]
    assert stretches(silences, START, START + 480) == [
        (START, START + 100),
        (START + 160, START + 300),
        (START + 340, START + 480),
    ]
