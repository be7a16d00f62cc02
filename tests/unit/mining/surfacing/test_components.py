"""Where records come from, told by a field, a prefix, a logger or a file, and which changes fit that."""

from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.mining import mine
from sevline.core.mining.surfacing.adapter import counts_of
from sevline.core.mining.surfacing.card import CardKind
from sevline.core.mining.surfacing.cards import surface
from sevline.core.mining.surfacing.components import Fit, Origin, fits, origin_of
from sevline.core.mining.surfacing.counts import PatternCounts
from sevline.core.mining.surfacing.nearby import ChangeKind, KnownChange, NearChange, changes_near

ONSET = datetime(2026, 3, 2, 10, 6, tzinfo=UTC)
DEPLOY = KnownChange("D", ChangeKind.DEPLOY, "checkout 4.8.0", ONSET - timedelta(minutes=6), frozenset({"checkout"}))
FLAG = KnownChange("F", ChangeKind.FLAG, "search.new-ranking on", ONSET - timedelta(minutes=1), frozenset({"search"}))
UNNAMED = KnownChange("U", ChangeKind.CONFIG, "limits raised", ONSET - timedelta(hours=3))


def near_of(line: str, source: str = "app.log", *changes: KnownChange) -> tuple[NearChange, ...]:
    """Two hours of a quiet log in which from the onset on one line comes six times a minute: what is near its card."""
    quiet = [
        f"{ONSET - timedelta(minutes=66 - minute):%Y-%m-%dT%H:%M}:{second:02}Z INFO heartbeat of node {minute}"
        for minute in range(120)
        for second in (5, 35)
    ]
    loud = [
        f"{ONSET + timedelta(minutes=minute):%Y-%m-%dT%H:%M}:{second:02}Z {line.format(minute)}"
        for minute in range(54)
        for second in range(0, 60, 10)
    ]
    found = mine(["\n".join(sorted([*quiet, *loud])).encode()], source=source)
    told = surface(map(counts_of, found.patterns()), changes=changes or (DEPLOY, FLAG))
    return next(card for card in told.cards if card.kind is CardKind.BEGAN).changes


@pytest.mark.requirement("R-069")
@pytest.mark.parametrize(
    "line",
    [
        "ERROR checkout: payment {} failed",
        "ERROR [checkout] payment {} failed",
        "ERROR [pool-1-thread-3] [checkout] payment {} failed",
        "ERROR checkout-api[812]: payment {} failed",
        "ERROR checkout | payment {} failed",
        "ERROR service=checkout payment {} failed",
        'ERROR payment {} failed component="checkout-service"',
        "ERROR com.acme.checkout.Payments - payment {} failed",
        "ERROR checkout payment {} failed",
    ],
)
def test_the_deploy_of_the_service_that_stands_in_the_message_ranks_before_a_later_flag_of_another(line: str) -> None:
    first, second = near_of(line)

    assert (first.rank, first.change.key, first.label) == (1, "D", "correlated, not proven")
    assert (second.rank, second.change.key, second.label) == (2, "F", "correlated, not proven")
    assert "of search, another component than that of the records" in second.sentence


def test_the_name_of_the_file_tells_the_component_where_nothing_else_does() -> None:
    near = near_of("ERROR payment {} failed", "logs/checkout-7d9f/app.log")

    assert [each.change.key for each in near] == ["D", "F"]


def test_a_change_without_a_component_ranks_before_one_of_another_component_and_behind_the_right_one() -> None:
    near = near_of("ERROR checkout: payment {} failed", "app.log", DEPLOY, FLAG, UNNAMED)

    assert [(each.change.key, each.fit) for each in near] == [
        ("D", Fit.SAME),
        ("U", Fit.UNKNOWN),
        ("F", Fit.OTHER),
    ]


def test_records_that_name_no_component_leave_the_nearest_change_first_and_nothing_is_said_of_another() -> None:
    near = near_of("ERROR payment {} failed")

    assert [(each.change.key, each.fit) for each in near] == [("F", Fit.UNKNOWN), ("D", Fit.UNKNOWN)]
    assert "another component" not in near[0].sentence


def test_a_change_of_what_the_records_mention_ranks_between() -> None:
    near = near_of("ERROR checkout: call of search failed after {} ms", "app.log", FLAG, DEPLOY, UNNAMED)

    assert [each.change.key for each in near] == ["D", "F", "U"]
    assert "of search, which the records mention" in near[1].sentence


@pytest.mark.parametrize("line", ["Timeout: no answer", "panic: nil map", "[main] no answer", "[ERROR] no answer"])
def test_a_word_that_says_what_happened_is_no_component(line: str) -> None:
    assert origin_of(PatternCounts("p", line, 1, {})).named == frozenset()


@pytest.mark.parametrize(
    ("component", "service", "expected"),
    [
        ("checkout", "checkout", Fit.SAME),
        ("Checkout", "checkout_service", Fit.SAME),
        ("checkout-api", "checkout", Fit.SAME),
        ("payments", "payments-fraud", Fit.PART),
        ("payments-fraud", "payments", Fit.PART),
        ("pay", "payments", Fit.OTHER),
        ("api", "checkout-api", Fit.OTHER),
        ("tax", "com.acme.TaxRule", Fit.PART),
    ],
)
def test_names_are_compared_by_their_words(component: str, service: str, expected: Fit) -> None:
    origin = origin_of(PatternCounts("p", "broken", 1, {}, services={service: 1}))

    assert fits([component], origin)[component] is expected


def test_the_same_component_ranks_before_a_larger_one_that_holds_it() -> None:
    part = KnownChange("P", ChangeKind.DEPLOY, "fraud 2", ONSET - timedelta(minutes=1), frozenset({"checkout-fraud"}))
    near = changes_near(ONSET, [part, DEPLOY], Origin(frozenset({"checkout"})))

    assert [each.change.key for each in near] == ["D", "P"]
