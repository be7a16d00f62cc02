"""Another share of a statement's records fails than before: at a moment, or from some minute of the log on."""

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from sevline.core.mining import mine
from sevline.core.mining.report import reported
from sevline.core.mining.surfacing.card import Card, CardKind
from sevline.core.mining.surfacing.cards import surface
from sevline.core.mining.surfacing.counts import CountTable, PatternCounts, minute_of, moment_of
from sevline.core.mining.surfacing.failing import FailureChange, failures_at, failures_within
from sevline.core.mining.surfacing.keeping import as_kept, from_kept
from sevline.core.mining.surfacing.recounting import recount

MOMENT = datetime(2026, 3, 2, 10, 2, tzinfo=UTC)
AT = minute_of(MOMENT)
START, LENGTH = AT - 240, 360

Asked = Callable[[list[PatternCounts]], tuple[FailureChange, ...]]
Shares = np.ndarray[tuple[int], np.dtype[np.float64]]


def step(before: float, after: float) -> Shares:
    return np.where(np.arange(LENGTH) < 240, before, after)


def statement(name: str, every: float | Shares, share: Shares, seed: int = 1) -> list[PatternCounts]:
    """Of a statement, what worked and what failed; records a minute, and the share that fails in each."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(every, LENGTH)
    bad = rng.binomial(counts, share)
    return [counted(name, outcome, found) for outcome, found in (("", counts - bad), ("5xx", bad))]


def counted(name: str, outcome: str, counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> PatternCounts:
    cells = {START + int(at): int(counts[at]) for at in np.flatnonzero(counts)}
    total = int(counts.sum())
    return PatternCounts(f"{name}-{outcome}", f"GET /{name}", total, cells, statement=name, outcome=outcome)


def quiet(many: int, share: float = 0.02) -> list[PatternCounts]:
    return [one for seed in range(many) for one in statement(f"quiet{seed}", 6, step(share, share), 100 + seed)]


def at(patterns: list[PatternCounts]) -> tuple[FailureChange, ...]:
    return failures_at(CountTable(patterns), AT).changes


def within(patterns: list[PatternCounts]) -> tuple[FailureChange, ...]:
    return failures_within(CountTable(patterns)).changes


@pytest.mark.parametrize("asked", [at, within])
def test_a_share_that_rises_is_told_among_many_that_do_not(asked: Asked) -> None:
    found = asked([*statement("buy", 5, step(0.005, 0.12)), *quiet(40)])

    assert [(one.statement.failed, one.rises) for one in found] == [(1, True)]
    assert found[0].p < 0.001


@pytest.mark.parametrize("asked", [at, within])
def test_a_share_that_falls_is_told_too(asked: Asked) -> None:
    found = asked([*statement("buy", 5, step(0.3, 0.03)), *quiet(10)])

    assert [(one.statement.failed, one.rises) for one in found] == [(1, False)]


def test_traffic_that_grows_changes_no_share() -> None:
    more = step(4, 40)

    assert at(statement("buy", more, step(0.1, 0.1))) == ()
    assert within(statement("buy", more, step(0.1, 0.1))) == ()


def test_a_storm_of_failures_is_no_change_of_the_share() -> None:
    storm = step(0.02, 0.02)
    storm[245:255] = 0.6

    assert at(statement("buy", 8, storm)) == ()
    assert within(statement("buy", 8, storm)) == ()


def test_counts_that_cannot_carry_it_say_nothing() -> None:
    assert at([*statement("buy", 0.05, step(0.0, 0.5)), *quiet(10)]) == ()


def test_what_the_same_hour_does_every_day_is_no_change() -> None:
    days, rng = 3, np.random.default_rng(7)
    clock = np.arange(days * 1440)
    share = np.where(clock % 1440 < 720, 0.02, 0.2)
    counts = rng.poisson(6, len(clock))
    bad = rng.binomial(counts, share)
    patterns = [counted("buy", "", counts - bad), counted("buy", "5xx", bad)]

    assert failures_at(CountTable(patterns), START + 2 * 1440 + 720).changes == ()


def test_many_statements_that_do_not_change_give_no_card() -> None:
    assert at(quiet(300, 0.05)) == ()
    assert within(quiet(300, 0.05)) == ()


def test_the_minute_is_found_within_a_log() -> None:
    [found] = within([*statement("buy", 10, step(0.02, 0.5)), *quiet(5)])

    assert abs(found.moment - AT) <= 2


def card(patterns: list[PatternCounts], moment: datetime | None) -> Card:
    [found] = [one for one in surface(patterns, moment=moment).cards if one.kind is CardKind.FAILING]
    return found


def test_the_card_says_both_shares_and_its_test() -> None:
    told = card([*statement("buy", 5, step(0.005, 0.08)), *quiet(40)], MOMENT)

    assert told.headline == (
        "Failed with 5xx 27 of 399 (7%) after 2026-03-02 10:02 UTC, 2 of 406 (0.5%) before; 80 min on either side."
    )
    assert told.test == "Fisher's exact test, over-dispersed binomial and rank test on 5-minute bins"
    assert told.note.startswith("33 statements were tested;")


def test_each_figure_of_the_card_names_the_pattern_and_the_window_that_it_counts() -> None:
    patterns = [*statement("buy", 5, step(0.005, 0.08)), *quiet(10)]
    told = card(patterns, MOMENT)

    assert [part.what for part in told.parts] == ["failed after", "other after", "failed before", "other before"]
    assert [part.count for part in told.parts] == [
        sum(count for minute, count in one.minutes.items() if part.begin <= minute < part.end)
        for part in told.parts
        for one in patterns
        if one.id == part.pattern
    ]
    first, *others = recount(told.query, patterns).counted
    assert (first.before, first.after) == (told.before, told.after)
    assert [one.after for one in (first, *others)] == [part.count for part in told.parts][: 1 + len(others)]


def test_a_pattern_whose_share_is_told_is_not_told_as_more_or_as_begun() -> None:
    found = surface([*statement("buy", 5, step(0.0, 0.3)), *quiet(40)], moment=MOMENT).cards

    kinds = {one.kind for one in found if one.pattern.id == "buy-5xx"}

    assert CardKind.FAILING in kinds
    assert kinds <= {CardKind.FAILING, CardKind.NEW}


def of_buying(patterns: list[PatternCounts], moment: datetime | None = None) -> dict[CardKind, datetime | None]:
    """Of what fails of a statement, when each card says that it began."""
    cards = surface([*patterns, *quiet(20)], moment=moment).cards
    return {one.kind: one.onset.at if one.onset else None for one in cards if one.pattern.id == "buy-5xx"}


def test_what_began_long_before_its_share_changed_is_told_beside_it() -> None:
    share = step(0.03, 0.4)
    share[:60] = 0
    found = of_buying(statement("buy", 6, share))

    began, failing = found[CardKind.BEGAN], found[CardKind.FAILING]
    assert began is not None
    assert failing is not None
    assert began < moment_of(START + 90)
    assert abs(minute_of(failing) - AT) <= 3


def test_a_burst_long_before_the_share_changed_is_told_beside_it() -> None:
    every = step(6, 6)
    every[60:70] = 300
    found = of_buying(statement("buy", every, step(0.3, 0.03)))

    burst = found[CardKind.BURST]
    assert burst is not None
    assert burst < moment_of(START + 70)


def test_what_is_new_began_when_it_was_first_seen_and_not_when_its_share_changed() -> None:
    share = step(0.05, 0.5)
    share[:100] = 0
    found = of_buying(statement("buy", 6, share), moment_of(START + 98))

    new = found[CardKind.NEW]
    assert new is not None
    assert new < moment_of(START + 110)


def test_ways_to_fail_of_one_statement_count_what_it_wrote_once() -> None:
    rng = np.random.default_rng(5)
    ways = [counted("buy", f"e{way}", rng.poisson(0.1, LENGTH)) for way in range(200)]
    table = CountTable([counted("buy", "", rng.poisson(20, LENGTH)), *ways])
    tracemalloc.start()

    failures_at(table, AT)
    failures_within(table)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


def test_cards_are_kept_with_their_figures() -> None:
    patterns = [*statement("buy", 8, step(0.005, 0.2)), *quiet(5)]
    told = surface(patterns)
    place = {one.id: str(number) for number, one in enumerate(patterns)}

    again = from_kept(as_kept(told, place.get), {place[one.id]: one for one in patterns})

    [before], [after] = ([one for one in all_of_them.cards if one.parts] for all_of_them in (told, again))
    assert [part.count for part in after.parts] == [part.count for part in before.parts]
    assert [part.pattern for part in after.parts] == [place[part.pattern] for part in before.parts]
    assert after.query.endswith(f" of={place['buy-5xx']},{place['buy-']}")


def test_statuses_in_a_log_tell_the_share_that_fails() -> None:
    lines = []
    for number in range(2400):
        moment = MOMENT + timedelta(seconds=6 * number) - timedelta(hours=2)
        status = 503 if number % (100 if number < 1200 else 5) == 3 else 200
        lines.append(
            f'{moment:%Y-%m-%dT%H:%M:%SZ} INFO request done path="/buy" status={status} took={number % 90}ms\n'
        )
    state = mine(["".join(lines).encode()], source="a.log")

    told = [one for one in reported(state.sources, state.patterns()).surfaced.cards if one.parts]

    assert [one.headline for one in told] == [
        "Failed with 5xx 160 of 800 (20%) after 2026-03-02 10:02 UTC, 8 of 800 (1%) before; 80 min on either side."
    ]
