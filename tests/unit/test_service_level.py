"""Clocks: what starts, pauses and stops them, when they are due, and whom they warn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.calendar import CALENDARS
from sevline.core.service_level import (
    CLOCKS,
    ClockEvent,
    ClockEvents,
    ClockFact,
    ClockState,
    ServiceLevels,
    Target,
    clock_facts,
    run_clock,
    run_clocks,
    target_for,
    targets_for,
)
from sevline.core.tables import TableError, parse

HOUR = 3600


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in May 2026; the first is a Friday."""
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def fixed(seconds: int, calendar: str = "always") -> Callable[[int | None], Target]:
    return lambda _: Target("resolve", "sla", seconds, CALENDARS[calendar])


@pytest.mark.requirement("R-021")
def test_a_sev2_of_friday_evening_is_due_the_same_day_or_on_monday_by_its_calendar() -> None:
    facts = [ClockFact(on(1, 17, 30), "start", "The case was opened.", severity=2)]
    around_the_clock = run_clock(facts, targets_for("first_response", plan="enterprise"), at=on(1, 18))
    nine_to_five = run_clock(facts, fixed(2 * HOUR, "business"), at=on(1, 18))
    assert around_the_clock.due_at == on(1, 19, 30)
    assert nine_to_five.due_at == on(4, 11)


@pytest.mark.requirement("R-022")
def test_a_corrected_severity_keeps_what_has_elapsed_and_replay_gives_the_same_due_time() -> None:
    targets = {3: Target("resolve", "sla", 8 * HOUR, CALENDARS["always"]), 2: fixed(4 * HOUR)(2)}
    facts = [
        ClockFact(on(4, 9), "start", "The case was opened.", severity=3),
        ClockFact(on(4, 12), "retarget", "Corrected from Sev3 to Sev2.", severity=2),
    ]
    before = run_clock(facts[:1], lambda severity: targets[severity or 3], at=on(4, 12))
    after = run_clock(facts, lambda severity: targets[severity or 3], at=on(4, 12))
    again = run_clock(facts[::-1], lambda severity: targets[severity or 3], at=on(4, 12))
    assert (before.elapsed, before.remaining) == (3 * HOUR, 5 * HOUR)
    assert (after.elapsed, after.remaining) == (3 * HOUR, 1 * HOUR)
    assert after.due_at == again.due_at == on(4, 13)


@pytest.mark.requirement("R-025")
def test_an_escalation_of_two_in_the_afternoon_is_breached_at_ten_next_morning() -> None:
    events = [ClockEvent(on(4, 14), "escalation.submitted", severity=2)]
    reading = run_clock(clock_facts("engineering_ack", events), targets_for("engineering_ack"), at=on(5, 10))
    assert reading.elapsed == 4 * HOUR
    assert reading.due_at == on(5, 10)
    assert reading.breached
    assert reading.warnings[-1].percent == 100
    sev1, sev3 = (target_for("engineering_ack", severity) for severity in (1, 3))
    assert (sev1 and sev1.seconds, sev3 and sev3.seconds) == (15 * 60, 2 * 8 * HOUR)
    actions = [target_for("engineering_action", severity) for severity in (1, 2, 3)]
    assert [target and target.seconds for target in actions] == [30 * 60, 8 * HOUR, 5 * 8 * HOUR]


def test_the_minute_before_it_is_not_breached() -> None:
    events = [ClockEvent(on(4, 14), "escalation.submitted", severity=2)]
    reading = run_clock(clock_facts("engineering_ack", events), targets_for("engineering_ack"), at=on(5, 9, 59))
    assert not reading.breached
    assert reading.remaining == 60


def test_at_45_of_60_minutes_the_shift_lead_is_warned_and_at_60_all_are() -> None:
    facts = [ClockFact(on(4, 9), "start", "The case was opened.")]
    at_45 = run_clock(facts, fixed(HOUR), at=on(4, 9, 45)).warnings
    at_60 = run_clock(facts, fixed(HOUR), at=on(4, 10)).warnings
    assert [(warned.percent, warned.at, warned.tells) for warned in at_45] == [
        (50, on(4, 9, 30), ("owner",)),
        (75, on(4, 9, 45), ("shift_lead",)),
    ]
    assert [warned.percent for warned in at_60] == [50, 75, 90, 100]
    assert at_60[-1].at == on(4, 10)


def test_a_clock_that_was_answered_in_time_stays_met() -> None:
    facts = [ClockFact(on(4, 9), "start", "Opened."), ClockFact(on(4, 9, 59), "stop", "Answered.")]
    reading = run_clock(facts, fixed(HOUR), at=on(30, 9))
    assert (reading.state, reading.breached, reading.elapsed) == (ClockState.STOPPED, False, 59 * 60)
    assert reading.due_at == on(4, 10)


def test_a_pause_moves_the_due_time_by_its_length() -> None:
    facts = [
        ClockFact(on(4, 9), "start", "Opened."),
        ClockFact(on(4, 10), "pause", "Waiting for the customer."),
        ClockFact(on(4, 12, 10), "resume", "The customer wrote."),
    ]
    paused = run_clock(facts[:2], fixed(4 * HOUR), at=on(4, 12))
    resumed = run_clock(facts, fixed(4 * HOUR), at=on(4, 12, 10))
    assert (paused.state, paused.elapsed, paused.due_at) == (ClockState.PAUSED, HOUR, None)
    assert resumed.due_at == on(4, 15, 10)
    assert [(span.kind, span.reason) for span in resumed.spans] == [
        ("running", "Opened."),
        ("paused", "Waiting for the customer."),
        ("running", "The customer wrote."),
    ]
    assert [span.end for span in resumed.spans] == [on(4, 10), on(4, 12, 10), None]


def test_a_pause_after_the_due_time_heals_no_breach() -> None:
    facts = [ClockFact(on(4, 9), "start", "Opened."), ClockFact(on(4, 11), "pause", "Waiting for the customer.")]
    reading = run_clock(facts, fixed(HOUR), at=on(4, 12))
    assert (reading.breached, reading.due_at, reading.remaining) == (True, on(4, 10), -HOUR)


def test_the_earlier_of_the_promise_and_the_cadence_counts() -> None:
    told = ClockEvent(on(4, 9), "case.customer_told", promised=on(4, 9, 20))
    later = ClockEvent(on(4, 9), "case.customer_told", promised=on(4, 15))
    opened = ClockEvent(on(4, 8), "case.opened", severity=1)
    early, capped = (
        run_clock(clock_facts("next_update", [opened, message]), targets_for("next_update"), at=on(4, 9, 5))
        for message in (told, later)
    )
    assert (early.due_at, early.remaining) == (on(4, 9, 20), 15 * 60)
    assert capped.due_at == on(4, 9, 30)


def test_each_message_begins_a_new_obligation_to_update() -> None:
    events = [
        ClockEvent(on(4, 9), "case.opened", severity=2),
        ClockEvent(on(4, 9, 50), "case.customer_told"),
        ClockEvent(on(4, 11), "case.customer_told"),
        ClockEvent(on(4, 11, 30), "case.resolved"),
        ClockEvent(on(4, 12), "case.customer_told"),
    ]
    readings = run_clocks(clock_facts("next_update", events), targets_for("next_update"), at=on(4, 13))
    assert [reading.breached for reading in readings] == [False, True, False]
    assert [reading.state for reading in readings] == [ClockState.STOPPED] * 3


def test_nothing_pauses_the_first_response() -> None:
    events = [
        ClockEvent(on(4, 9), "case.opened", severity=2),
        ClockEvent(on(4, 9, 30), "case.waiting_for_customer"),
        ClockEvent(on(4, 10), "case.resumed"),
    ]
    reading = run_clock(
        clock_facts("first_response", events), targets_for("first_response", plan="enterprise"), at=on(4, 10)
    )
    assert (reading.due_at, len(reading.spans)) == (on(4, 11), 1)


def test_only_a_meaningful_message_is_a_first_response() -> None:
    opened = ClockEvent(on(4, 9), "case.opened", severity=2)
    thanks = ClockEvent(on(4, 9, 5), "case.customer_told", meaningful=False)
    question = ClockEvent(on(4, 9, 40), "case.customer_told")
    reading = run_clock(
        clock_facts("first_response", [opened, thanks, question]), targets_for("first_response"), at=on(4, 12)
    )
    assert reading.stopped_at == on(4, 9, 40)


@pytest.mark.parametrize(("kind", "state"), [("case.held_vendor", "running"), ("case.waiting_for_customer", "paused")])
def test_only_waiting_for_the_customer_pauses_the_resolve_clock(kind: str, state: str) -> None:
    events = [ClockEvent(on(4, 9), "case.opened", severity=2), ClockEvent(on(4, 10), kind)]
    assert run_clock(clock_facts("resolve", events), targets_for("resolve"), at=on(4, 11)).state == state


def test_moving_from_the_customer_to_a_vendor_ends_the_pause() -> None:
    events = [
        ClockEvent(on(4, 9), "case.opened", severity=2),
        ClockEvent(on(4, 10), "case.waiting_for_customer"),
        ClockEvent(on(4, 11), "case.held_vendor"),
    ]
    assert run_clock(clock_facts("resolve", events), targets_for("resolve"), at=on(4, 12)).elapsed == 2 * HOUR


def test_a_resolution_that_did_not_hold_lets_the_clock_go_on() -> None:
    events = [
        ClockEvent(on(4, 9), "case.opened", severity=2),
        ClockEvent(on(4, 10), "case.resolved"),
        ClockEvent(on(4, 12), "case.reopened"),
    ]
    reading = run_clock(clock_facts("resolve", events), targets_for("resolve"), at=on(4, 13))
    assert (reading.state, reading.elapsed) == (ClockState.RUNNING, 2 * HOUR)
    assert reading.spans[1].reason == "The case was resolved."


def test_resuming_does_not_open_a_clock_that_stopped() -> None:
    facts = [ClockFact(on(4, 9), "start", "Opened."), ClockFact(on(4, 10), "stop", "Restored.")]
    reading = run_clock([*facts, ClockFact(on(4, 11), "resume", "Resumed.")], fixed(HOUR * 4), at=on(4, 12))
    assert reading.state is ClockState.STOPPED


def test_a_case_without_severity_runs_without_a_due_time_until_it_is_rated() -> None:
    opened, rated = ClockEvent(on(4, 9), "case.opened"), ClockEvent(on(4, 10), "case.triaged", severity=1)
    targets = targets_for("restore", plan="enterprise")
    unrated = run_clock(clock_facts("restore", [opened]), targets, at=on(4, 10))
    reading = run_clock(clock_facts("restore", [opened, rated]), targets, at=on(4, 10))
    assert (unrated.state, unrated.due_at) == (ClockState.RUNNING, None)
    assert (reading.due_at, reading.elapsed) == (on(4, 13), HOUR)


def test_what_is_later_is_not_seen() -> None:
    facts = [ClockFact(on(4, 9), "start", "Opened."), ClockFact(on(4, 10), "stop", "Answered.")]
    assert run_clock(facts, fixed(HOUR * 4), at=on(4, 9, 30)).state is ClockState.RUNNING
    assert run_clock(facts, fixed(HOUR), at=on(4, 8)).state is ClockState.NOT_STARTED


@pytest.mark.parametrize(
    ("metric", "plan", "seconds"),
    [
        ("first_response", "enterprise", [1800, 2 * HOUR, 8 * HOUR, 24 * HOUR]),
        ("first_response", "standard", [HOUR, 4 * HOUR, 16 * HOUR, 24 * HOUR]),
        ("next_update", "standard", [1800, HOUR, 16 * HOUR, 40 * HOUR]),
        ("restore", "enterprise", [4 * HOUR, 24 * HOUR, 80 * HOUR, None]),
        ("resolve", "enterprise", [16 * HOUR, 40 * HOUR, 240 * HOUR, None]),
        ("triage", "standard", [600, 1800, 4 * HOUR, 8 * HOUR]),
        ("engineering_ack", "standard", [900, 4 * HOUR, 16 * HOUR, 40 * HOUR]),
        ("engineering_action", "standard", [1800, 8 * HOUR, 40 * HOUR, None]),
    ],
)
def test_the_targets_are_those_of_the_table(metric: str, plan: str, seconds: list[int | None]) -> None:
    targets = [target_for(metric, severity, plan=plan) for severity in (1, 2, 3, 4)]
    assert [target and target.seconds for target in targets] == seconds


def test_the_standard_plan_counts_business_hours_except_for_sev1() -> None:
    targets = [target_for("first_response", severity, plan="standard") for severity in (1, 2, 3, 4)]
    assert [target and target.calendar.key for target in targets] == ["always", "business", "business", "business"]


def test_every_target_has_a_clock() -> None:
    assert {"first_response", "next_update", "engineering_ack", "engineering_action", "triage"} <= set(CLOCKS)
    with pytest.raises(KeyError):
        clock_facts("patience", [])


def test_a_bigger_delay_is_a_later_due_time() -> None:
    first, second = (run_clock([ClockFact(on(4, 9), "start", "")], fixed(n), at=on(4, 9)) for n in (60, 120))
    assert first.due_at is not None
    assert second.due_at == first.due_at + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('within = "soon"\ncalendar = "always"', "no amount of time"),
        ('within = "2 h"\ncalendar = "lunar"', "lunar"),
        ('within = "2 h"\ncalendar = "always"\nseverity = 5', "<= 4"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(row: str, said: str) -> None:
    text = f'version = "1"\nwarning = []\n[[target]]\nmetric = "resolve"\nkind = "sla"\n{row}'
    with pytest.raises(TableError, match=said):
        parse("service_levels.toml", text, ServiceLevels)


def test_a_clock_that_never_pauses_has_no_event_that_pauses_it() -> None:
    text = """
    version = "1"
    [[clock]]
    metric = "first_response"
    title = "First response"
    never_pauses = true
    on = [{ event = "case.waiting_for_customer", does = ["pause"], why = "Waiting." }]
    """
    with pytest.raises(TableError, match="never pauses"):
        parse("clock_events.toml", text, ClockEvents)
