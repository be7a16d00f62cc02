"""Rates that step up or down within a log and stay so are told without a moment; what passes is not."""

from datetime import UTC, datetime

import numpy as np
import pytest

from sevline.core.mining.surfacing.card import Card, CardKind
from sevline.core.mining.surfacing.cards import surface
from sevline.core.mining.surfacing.counts import PatternCounts, minute_of, moment_of
from sevline.core.mining.surfacing.recounting import recount
from sevline.core.mining.surfacing.stepping import steps_within

START = minute_of(datetime(2026, 3, 2, 6, 0, tzinfo=UTC))
LENGTH, AT = 300, 170
Rates = list[float]


def pattern(name: str, rates: Rates, seed: int = 5) -> PatternCounts:
    counts = np.random.default_rng(seed).poisson(rates)
    cells = {START + minute: int(count) for minute, count in enumerate(counts) if count}
    return PatternCounts(name, f"{name} <*>", sum(cells.values()), cells, level="INFO")


def quiet(many: int = 40) -> list[PatternCounts]:
    return [pattern(f"q{number}", [4.0] * LENGTH, number) for number in range(many)]


def told(rates: Rates) -> list[Card]:
    cards = surface([pattern("odd", rates), *quiet()]).cards
    return [card for card in cards if card.pattern.id == "odd"]


@pytest.mark.parametrize(
    ("before", "after", "kind"), [(4.0, 16.0, CardKind.MORE), (16.0, 4.0, CardKind.LESS), (8.0, 0.0, CardKind.GONE)]
)
def test_a_step_that_stays_is_told_at_its_minute(before: float, after: float, kind: CardKind) -> None:
    (card,) = told([before] * AT + [after] * (LENGTH - AT))

    assert card.kind is kind
    assert card.onset is not None
    assert abs((card.onset.at - moment_of(START + AT)).total_seconds()) <= 300
    assert card.onset.earliest <= card.onset.at <= card.onset.latest
    assert "to the end of the log" in card.headline
    assert card.interval is not None or kind is CardKind.GONE
    assert (card.n > 0, card.p is not None) == (True, True)


def test_the_query_of_a_step_counts_the_same_again() -> None:
    rates = [4.0] * AT + [16.0] * (LENGTH - AT)
    (card,) = told(rates)

    (again,) = recount(card.query, [pattern("odd", rates)]).counted

    assert (again.before, again.after) == (card.before, card.after)


def test_what_comes_back_is_no_lasting_change() -> None:
    rates = [4.0] * 120 + [16.0] * 90 + [4.0] * (LENGTH - 210)

    assert [card.kind for card in told(rates) if card.kind is not CardKind.BURST] == []


def test_what_everything_does_is_traffic() -> None:
    busy = [pattern(f"p{number}", [4.0] * AT + [16.0] * (LENGTH - AT), number) for number in range(40)]

    assert steps_within(busy).steps == ()


def test_a_log_that_repeats_each_day_steps_at_no_morning() -> None:
    hours = 76
    rates = [2.0 if (minute // 60 + 6) % 24 < 8 else 20.0 for minute in range(hours * 60)]
    patterns = [pattern(f"p{number}", rates, number) for number in range(20)]

    assert steps_within([*patterns, *(pattern(f"q{n}", [4.0] * hours * 60, n) for n in range(40))]).steps == ()


@pytest.mark.parametrize("patterns", [[], [PatternCounts("a", "x", 3, {})], quiet(1)])
def test_too_little_to_ask_of_tells_nothing(patterns: list[PatternCounts]) -> None:
    assert steps_within(patterns).steps == ()
