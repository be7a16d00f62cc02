"""Cards are ranked, say what they rest on, and can be counted again."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from sevline.core.lifecycle import Refused
from sevline.core.mining import mine
from sevline.core.mining.surfacing.adapter import counts_of
from sevline.core.mining.surfacing.card import Card, CardKind, Surfaced
from sevline.core.mining.surfacing.cards import LEAST_OF_A_KIND, surface
from sevline.core.mining.surfacing.counts import PatternCounts, minute_of
from sevline.core.mining.surfacing.nearby import ChangeKind, KnownChange
from sevline.core.mining.surfacing.recounting import recount

MOMENT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
START = minute_of(MOMENT) - 240
RNG = np.random.default_rng(3)


def pattern(name: str, before: float, after: float, *, level: str = "INFO", service: str = "shop") -> PatternCounts:
    counts = np.concatenate([RNG.poisson(before, 240), RNG.poisson(after, 120)])
    cells = {START + int(at): int(counts[at]) for at in np.flatnonzero(counts)}
    total = int(counts.sum())
    return PatternCounts(name, f"template {name}", total, cells, level=level, services={service: total})


def log() -> list[PatternCounts]:
    return [
        *(pattern(f"quiet-{number}", 2, 2) for number in range(40)),
        pattern("fresh", 0, 1, level="ERROR"),
        pattern("calm", 0, 1),
        PatternCounts("rare", "rare", 2, {START: 2}, level="FATAL"),
    ]


def cards() -> Surfaced:
    deploy = KnownChange("C-1", ChangeKind.DEPLOY, "shop 2.1", MOMENT - timedelta(minutes=4), frozenset({"shop"}))
    return surface(log(), moment=MOMENT, changes=[deploy])


def card(kind: CardKind) -> Card:
    return next(each for each in cards().cards if each.kind is kind)


def test_loud_news_stand_first_and_rare_lines_last() -> None:
    assert [each.pattern.id for each in cards().cards] == ["fresh", "calm", "rare"]


def test_no_kind_crowds_out_another_and_what_is_left_is_told_by_kind() -> None:
    rare = [PatternCounts(f"rare-{number}", "rare", 2, {START: 2}, level="FATAL") for number in range(240)]
    fresh = [pattern(f"fresh-{number}", 0, 1, level="ERROR") for number in range(230)]
    told = surface([*log(), *rare, *fresh], moment=MOMENT)

    assert sum(each.kind is CardKind.RARE for each in told.cards) == LEAST_OF_A_KIND
    assert told.left == {"new": 32, "began": 32, "rare": 221}
    assert "285 more cards of lower rank are not kept: 32 new, 32 began, 221 rare." in told.notes


def test_a_card_says_what_it_rests_on() -> None:
    new = card(CardKind.NEW)

    assert new.headline.startswith("Not seen before 2026-03-02 10:00 UTC;")
    assert new.test == "over-dispersed Poisson and rank test on 5-minute bins"
    assert (new.n, new.before) == (32, 0)
    assert "patterns were tested" in new.note
    assert new.onset is not None
    assert abs(new.onset.at - MOMENT) <= timedelta(minutes=2)


def test_changes_near_the_onset_are_listed_and_no_cause_is_claimed() -> None:
    told = [near.sentence for near in card(CardKind.NEW).changes]

    assert len(told) == 1
    assert "correlated, not proven" in told[0]


def test_the_query_of_a_card_counts_the_same_again() -> None:
    patterns = log()
    found = [each for each in surface(patterns, moment=MOMENT).cards if each.before is not None]
    again = [recount(each.query, patterns).counted[0] for each in found]

    assert [(one.before, one.after) for one in again] == [(each.before, each.after) for each in found]


def test_a_pattern_of_which_some_records_name_no_time_is_counted_whole() -> None:
    one = PatternCounts("a", "disk <*>", 3, {minute_of(MOMENT): 1}, level="ERROR")

    (told,) = [each for each in surface([one]).cards if each.kind is CardKind.RARE]

    assert recount(told.query, [one]).counted[0].after == told.count == 3


@pytest.fixture
def in_tokyo() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_tokyo")
def test_a_query_without_a_zone_counts_in_utc_wherever_it_is_asked() -> None:
    one = PatternCounts("a", "disk <*>", 1, {minute_of(datetime(2026, 3, 1, 12, tzinfo=UTC)): 1}, level="ERROR")

    found = recount("pattern=a since=2026-03-01T11:00 moment=2026-03-01T12:00 until=2026-03-01T13:00", [one])

    assert (found.counted[0].before, found.counted[0].after) == (0, 1)


@pytest.mark.parametrize("query", ["", "pattern=a", "pattern=fresh since=x moment=y until=z", "DROP TABLE"])
def test_what_is_no_query_is_refused_with_its_form(query: str) -> None:
    with pytest.raises(Refused):
        recount(query, log())


def test_nothing_is_compared_without_a_moment() -> None:
    assert {each.kind for each in surface(log()[:40]).cards} == set()


def test_mined_patterns_become_counts() -> None:
    lines = [b"2026-03-02 09:%02d:00 ERROR pool %d is full\n" % (at, at) for at in range(60)]
    [mined] = mine([b"".join(lines)], source="a.log").patterns()
    counts = counts_of(mined)

    assert (counts.total, counts.level, sum(counts.minutes.values())) == (60, "ERROR", 60)
    assert counts.examples[0].source == "a.log"


def test_no_card_rates_a_case() -> None:
    assert not {name for name in Card.__dataclass_fields__ if "sever" in name or "prio" in name}
