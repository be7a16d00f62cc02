"""Clock rows are what the events say, and each share of a clock's time is announced once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sevline.cases import actions
from sevline.cases.models import Case
from sevline.cases.tasks import tell_of_clock
from sevline.cases.templatetags.cases import clock_name, clock_reason, clock_text, service_time
from sevline.core.lifecycle import Refused
from sevline.customers.models import Plan
from sevline.people.models import Notice, Person
from sevline.platform import clock
from sevline.platform.models import Event
from sevline.service_levels import selectors
from sevline.service_levels.actions import refresh, run_out, spans
from sevline.service_levels.models import Clock
from sevline.ui.wording import duration
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
AT = make.MONDAY


def clock_of(case: Case, metric: str, cycle: int = 1) -> Clock:
    return Clock.objects.get(case_key=case.key, metric=metric, cycle=cycle)


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def test_a_sev2_of_an_enterprise_opened_on_friday_17_30_is_answered_by_19_30_the_same_day() -> None:
    friday = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)

    case = make.case(severity=2, at=friday)

    first = clock_of(case, "first_response")
    assert first.due_at == datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
    assert first.policy.startswith("enterprise plan")


def test_the_plan_picks_the_target() -> None:
    enterprise = make.case(severity=2, at=AT)
    standard = make.case(severity=2, at=AT, of=make.account("tessel", plan=Plan.STANDARD))

    assert clock_of(enterprise, "first_response").target_seconds == 2 * 3600
    assert clock_of(standard, "first_response").target_seconds == 4 * 3600


def test_a_case_that_nobody_rated_keeps_no_clock_and_is_due_for_triage_as_if_it_were_a_sev1() -> None:
    case = make.case(at=AT)

    assert not Clock.objects.filter(case_key=case.key).exists()
    assert case.next_due_at == after(10)


def test_the_first_response_counts_when_the_customer_was_answered_before_the_case_was_rated() -> None:
    case, sam = make.case(at=AT), cast().sam

    for minute, text in ((7, "Which users cannot sign in?"), (11, "Since when can they not?")):
        with clock.held_at(after(minute)):
            actions.tell_customer(case.key, by=sam, text=text, next_update_at=after(60))
    with clock.held_at(after(12)):
        actions.triage(case.key, by=sam, answers=make.answers(2))

    first = clock_of(case, "first_response")
    page = signed_in(sam).get(case.page).content.decode()
    assert (first.state, first.started_at, first.stopped_at) == ("met", AT, after(7))
    assert first.elapsed_seconds == 7 * 60
    assert "First response, 2 h" in page
    assert "met in 7 min" in page


def test_an_answer_that_came_too_late_before_the_rating_is_a_breach() -> None:
    case, sam = make.case(at=AT), cast().sam

    with clock.held_at(after(45)):
        actions.tell_customer(case.key, by=sam, text="Which users cannot sign in?")
    with clock.held_at(after(50)):
        actions.triage(case.key, by=sam, answers=make.answers(1))

    first = clock_of(case, "first_response")
    assert (first.state, first.breached_at) == ("breached", after(30))


def test_the_page_of_a_case_that_nobody_rated_shows_the_triage_clock_of_a_sev1() -> None:
    with clock.held_at(clock.now()):
        case = make.case()
        page = signed_in(cast().sam).get(case.page).content.decode()

    assert "No clock runs yet" not in page
    assert "Triage, 10 min if this is a Sev1" in page
    assert "an unknown severity counts as the worst" in page


def test_after_ten_minutes_the_clock_of_an_unrated_case_says_that_a_sev1_would_be_late() -> None:
    case = make.case(at=AT)

    with clock.held_at(after(12)):
        (shown,) = selectors.clock_strip(cast().sam, case.key, at=after(12))

    assert (shown.state, clock_name(shown), clock_text(shown)) == (
        "breached",
        "Triage, 10 min if this is a Sev1",
        "over by 2 min",
    )


def test_the_clock_of_an_unrated_case_leaves_no_breach_when_it_turns_out_to_be_less() -> None:
    case = make.case(at=AT)

    with clock.held_at(after(15)):
        run_out(after(15))
        actions.triage(case.key, by=cast().sam, answers=make.answers(4))

    assert clock_of(case, "triage").state == "met"
    assert not Event.objects.filter(case_key=case.key, kind="clock.breached").exists()


def test_an_unrated_case_that_is_opened_again_waits_for_its_triage_as_before() -> None:
    case, sam = make.case(at=AT), cast().sam
    with clock.held_at(after(2)):
        actions.take(case.key, by=sam, next_action="Read it", due=after(30))
    with clock.held_at(after(4)):
        actions.resolve(case.key, by=sam, code="answered", cause="usage", summary=make.SUMMARY)

    with clock.held_at(after(60)):
        actions.reopen(case.key, by=sam, reason="The answer was wrong")

    case.refresh_from_db()
    (triage,) = selectors.clock_strip(sam, case.key, at=after(61))
    assert (triage.metric, triage.state) == ("triage", "running")
    assert triage.elapsed_seconds == 5 * 60
    assert case.next_due_at == after(66)


def test_opening_a_rated_case_again_asks_for_no_second_triage() -> None:
    case, sam = make.case(severity=2, at=AT), cast().sam
    with clock.held_at(after(4)):
        actions.resolve(case.key, by=sam, code="answered", cause="usage", summary=make.SUMMARY)

    with clock.held_at(after(60)):
        actions.reopen(case.key, by=sam, reason="The answer was wrong")

    assert clock_of(case, "triage").state == "met"


def test_a_meaningful_answer_stops_the_first_response_and_a_greeting_does_not() -> None:
    case, sam = make.case(severity=2, at=AT), cast().sam

    with clock.held_at(after(10)):
        actions.tell_customer(
            case.key,
            by=sam,
            text="We are sorry for the disruption. Hello.",
            next_update_at=after(60),
            is_meaningful=False,
        )
    running = clock_of(case, "first_response").state
    with clock.held_at(after(21)):
        actions.tell_customer(case.key, by=sam, text="The certificate expired.", next_update_at=after(81))

    first = clock_of(case, "first_response")
    assert running == "running"
    assert (first.state, first.stopped_at, first.elapsed_seconds) == ("met", after(21), 21 * 60)


def test_a_promise_is_due_when_it_was_promised() -> None:
    case = make.case(severity=2, at=AT)

    with clock.held_at(after(10)):
        actions.tell_customer(
            case.key, by=cast().sam, text="We are sorry for the disruption. We read the log.", next_update_at=after(40)
        )

    assert clock_of(case, "next_update", cycle=2).due_at == after(40)
    assert Case.objects.get(pk=case.pk).next_due_at == after(40)


def test_only_waiting_for_the_customer_pauses_the_restore_clock() -> None:
    case, sam = make.case(severity=2, at=AT), cast().sam

    with clock.held_at(after(10)):
        actions.hold_vendor(case.key, by=sam, waiting_for="the vendor's release")
    on_vendor = clock_of(case, "restore").state
    with clock.held_at(after(20)):
        actions.wait_for_customer(case.key, by=sam, waiting_for="a HAR")
    waiting, first = clock_of(case, "restore"), clock_of(case, "first_response")
    with clock.held_at(after(150)):
        actions.customer_replied(case.key, by=sam, text="Here it is.")

    paused = [span for span in clock_of(case, "restore").spans if span[2] == "paused"]
    assert (on_vendor, waiting.state, waiting.due_at, first.state) == ("running", "paused", None, "running")
    assert clock_of(case, "restore").due_at == AT + timedelta(days=1, minutes=130)
    assert [(span[0], span[1]) for span in paused] == [(after(20).isoformat(), after(150).isoformat())]
    assert "a HAR" in paused[0][3]


def test_a_hold_that_the_customer_agreed_to_pauses() -> None:
    case = make.case(severity=2, at=AT)

    with clock.held_at(after(10)):
        actions.hold_vendor(case.key, by=cast().sam, waiting_for="the vendor", customer_approved=True)

    assert clock_of(case, "resolve").state == "paused"


def test_another_severity_keeps_what_has_elapsed_since_the_case_was_opened() -> None:
    case = make.case(severity=3, at=AT)

    with clock.held_at(after(60)):
        actions.change_severity(case.key, by=cast().sam, severity=2, reason="All users of the account.")

    restore = clock_of(case, "restore")
    assert (restore.started_at, restore.due_at) == (AT, AT + timedelta(days=1))


STEPS: tuple[tuple[str, Callable[[str, Person, datetime], object]], ...] = (
    (
        "tell",
        lambda key, by, at: actions.tell_customer(
            key, by=by, text="We are sorry for the disruption. News.", next_update_at=at + timedelta(hours=1)
        ),
    ),
    ("wait", lambda key, by, at: actions.wait_for_customer(key, by=by, waiting_for="a file")),
    ("reply", lambda key, by, at: actions.customer_replied(key, by=by, text="Here.")),
    ("raise", lambda key, by, at: actions.change_severity(key, by=by, severity=1, reason="Two regions now.")),
    ("hold", lambda key, by, at: actions.hold_internal(key, by=by, waiting_for="us")),
    ("resolve", lambda key, by, at: actions.resolve(key, by=by, code="answered", cause="usage", summary=make.SUMMARY)),
    ("reopen", lambda key, by, at: actions.reopen(key, by=by, reason="It came back.")),
)


def test_replaying_the_events_gives_the_rows_and_the_same_due_times() -> None:
    case, sam = make.case(severity=3, at=AT), cast().sam
    for number, (_, step) in enumerate(STEPS, start=1):
        with clock.held_at(after(17 * number)):
            step(case.key, sam, after(17 * number))

    at = after(17 * len(STEPS))
    replayed = {(r.metric, r.cycle): r.reading for r in selectors.replay(selectors.events_of(case.key), at=at)}
    rows = {(row.metric, row.cycle): row for row in Clock.objects.filter(case_key=case.key)}

    assert replayed.keys() == rows.keys()
    assert {key: (reading.due_at, reading.elapsed, spans(reading)) for key, reading in replayed.items()} == {
        key: (row.due_at, row.elapsed_seconds, row.spans) for key, row in rows.items()
    }


@pytest.mark.requirement("R-023")
def test_at_45_of_60_minutes_the_shift_lead_gets_one_notice_and_at_60_one_breach_is_recorded() -> None:
    case = make.case(severity=1, at=AT, of=make.account("tessel", plan=Plan.STANDARD))
    assert clock_of(case, "first_response").target_seconds == 60 * 60

    for minutes in (44, 45, 45, 46, 60, 60, 61):
        run_out(after(minutes))
    events = Event.objects.filter(case_key=case.key, data__metric="first_response", kind__startswith="clock.")
    for seq in [*events.values_list("seq", flat=True)] * 2:
        tell_of_clock.func(seq)

    at_45 = events.get(kind="clock.warned", data__percent=75)
    told = Notice.objects.filter(key=f"clock:{at_45.seq}")
    assert [notice.person for notice in told] == [cast().tomasz]
    assert events.filter(kind="clock.breached").count() == 1
    assert clock_of(case, "first_response").state == "breached"


def test_a_warning_names_the_minute_at_which_its_share_was_over() -> None:
    case = make.case(severity=1, at=AT)

    run_out(after(29))

    warned = Event.objects.filter(kind="clock.warned", data__metric="first_response", case_key=case.key)
    assert [(event.data["percent"], event.at) for event in warned.order_by("at")] == [
        (50, after(15)),
        (75, AT + timedelta(minutes=22, seconds=30)),
        (90, after(27)),
    ]


def test_a_clock_that_stopped_in_time_is_announced_no_more() -> None:
    case = make.case(severity=1, at=AT)
    with clock.held_at(after(5)):
        actions.tell_customer(
            case.key, by=cast().sam, text="We are sorry for the disruption. Here is the plan.", next_update_at=after(35)
        )

    run_out(after(120))

    assert not Event.objects.filter(kind="clock.breached", data__metric="first_response").exists()
    assert not Event.objects.filter(kind="clock.breached", data__metric="next_update", data__cycle=1).exists()


def test_refreshing_twice_changes_nothing() -> None:
    case = make.case(severity=2, at=AT)
    before = list(Clock.objects.filter(case_key=case.key).order_by("pk").values())

    refresh(case.key, at=AT)

    assert list(Clock.objects.filter(case_key=case.key).order_by("pk").values()) == before


def test_a_clock_of_a_severity_without_a_target_is_cancelled() -> None:
    case = make.case(severity=3, at=AT)
    with clock.held_at(after(1)):
        actions.triage(case.key, by=cast().sam, answers=make.answers(4))

    assert clock_of(case, "resolve").state == "cancelled"


def test_the_strip_says_why_a_clock_runs_and_pauses() -> None:
    case = make.case(severity=2, at=AT)
    with clock.held_at(after(20)):
        actions.wait_for_customer(case.key, by=cast().sam, waiting_for="a HAR")

    strip = {view.metric: view for view in selectors.clock_strip(cast().sam, case.key, at=after(30))}

    assert strip["resolve"].state == "paused"
    assert "a HAR" in strip["resolve"].reason
    assert strip["first_response"].state == "running"
    assert strip["first_response"].remaining_seconds == 90 * 60


def test_a_promise_in_closed_hours_shows_the_time_that_is_left_by_the_clock() -> None:
    evening = AT.replace(hour=18, minute=30)
    case = make.case(severity=4, at=AT)
    with clock.held_at(evening):
        actions.tell_customer(
            case.key, by=cast().sam, text="We read the log.", next_update_at=evening + timedelta(hours=2)
        )

    strip = {view.metric: view for view in selectors.clock_strip(cast().sam, case.key, at=evening)}

    assert strip["next_update"].left_seconds == 2 * 3600


def test_resolving_stops_every_clock_of_a_case_whose_customer_was_answered() -> None:
    case = make.case(severity=3, at=AT)
    with clock.held_at(after(5)):
        actions.tell_customer(case.key, by=cast().sam, text="Which users cannot sign in?")
    with clock.held_at(after(30)):
        actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    assert not Clock.objects.filter(case_key=case.key, state__in=("running", "paused")).exists()
    assert Case.objects.get(pk=case.pk).next_due_at is None


def test_a_refused_move_leaves_the_clocks_alone() -> None:
    case = make.case(severity=2, at=AT)
    before = list(Clock.objects.filter(case_key=case.key).order_by("pk").values())

    with pytest.raises(Refused), clock.held_at(after(5)):
        actions.wait_for_customer(case.key, by=cast().sam, waiting_for=" ")

    assert list(Clock.objects.filter(case_key=case.key).order_by("pk").values()) == before


def test_a_tile_says_the_time_by_the_clock_and_the_service_hours_that_are_left_of_it() -> None:
    evening = AT.replace(hour=18, minute=30)
    case = make.case(severity=4, at=evening)

    strip = {view.metric: view for view in selectors.clock_strip(cast().sam, case.key, at=evening)}
    tile = strip["first_response"]

    assert tile.due_at is not None
    assert clock_text(tile) == duration((tile.due_at - evening).total_seconds())
    assert tile.remaining_seconds is not None
    assert f", {service_time(tile.remaining_seconds, tile.calendar)} left" in clock_reason(tile)
    assert clock_name(tile) == f"First response, {tile.target_seconds // 28_800} business days"


def test_a_clock_of_business_hours_that_stopped_while_they_were_closed_says_so() -> None:
    saturday = make.MONDAY - timedelta(days=2)
    case = make.case(severity=3, at=saturday)
    with clock.held_at(saturday + timedelta(hours=2)):
        actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    strip = {
        view.metric: view for view in selectors.clock_strip(cast().sam, case.key, at=saturday + timedelta(hours=3))
    }

    assert strip["resolve"].lasted_seconds == 7200
    assert clock_text(strip["resolve"]) == "met in 2 h, outside business hours"


def test_a_clock_that_stopped_within_its_first_minute_says_after_how_many_seconds() -> None:
    case = make.case(severity=2, at=AT)
    with clock.held_at(AT + timedelta(seconds=40)):
        actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    strip = {view.metric: view for view in selectors.clock_strip(cast().sam, case.key, at=after(3))}

    assert clock_text(strip["resolve"]) == "met in 40 s"
    assert clock_text(strip["triage"]) == "met at once"


def test_a_clock_that_runs_again_says_how_long_it_paused() -> None:
    case, sam = make.case(severity=2, at=AT), cast().sam
    with clock.held_at(after(20)):
        actions.wait_for_customer(case.key, by=sam, waiting_for="a HAR")
    with clock.held_at(after(150)):
        actions.resume(case.key, by=sam)

    strip = {view.metric: view for view in selectors.clock_strip(sam, case.key, at=after(160))}

    assert strip["resolve"].paused_seconds == 130 * 60
    assert clock_reason(strip["resolve"]).endswith("The wait ended. Paused 2 h 10 min in all.")
