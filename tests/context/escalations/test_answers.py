"""Engineering answers with a code, and each answer is an event, a clock and a notice."""

from datetime import timedelta
from typing import Any

import pytest

from sevline.core.escalation import EscalationEvent, response
from sevline.core.kpi import EventRow, Period, measure
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from sevline.people.models import Notice
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.service_levels.models import Clock
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TEN = story.AT.replace(hour=11)


def acted_on(escalation: Escalation) -> Escalation:
    return Escalation.objects.get(pk=escalation.pk)


@pytest.mark.requirement("R-095")
@pytest.mark.parametrize("code", ["", "R99", "R01"])
def test_a_rejection_without_a_code_for_it_is_refused_and_writes_no_event(code: str) -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="R05"):
        actions.reject(escalation.key, by=cast().ravi, reason_code=code, note="It works as built.")

    assert story.events(escalation) == ["drafted", "packet_edited", "submitted"]
    assert acted_on(escalation).status == "submitted"


@pytest.mark.slow
@pytest.mark.requirement("R-095")
def test_the_codes_feed_the_acceptance_rate() -> None:
    answers: list[tuple[str, dict[str, Any]]] = [
        ("accept", {}),
        ("accept_acting", {"action_code": "change_started"}),
        ("request_changes", {"reason_code": "R01", "note": "How does it happen?"}),
        ("reject", {"reason_code": "R05", "note": "It works as built."}),
        ("name_duplicate", {"duplicate_of": "KE-12"}),
    ]
    for verb, given in answers:
        getattr(actions, verb)(story.sent().key, by=cast().ravi, **given)
    rows = [
        EventRow(event.kind, event.at, event.subject_key, {**event.data, "case": event.case_key})
        for event in Event.objects.order_by("seq")
    ]
    period = Period(story.AT, clock.now() + timedelta(days=1))

    rate = measure("F-03", rows, period, at=period.end)

    assert (rate.value, rate.n) == (50.0, 4)
    assert rate.outcomes == {"accepted_as_is": 2, "changes_requested": 1, "rejected": 1, "duplicate": 1}


@pytest.mark.requirement("R-096")
def test_acknowledged_at_10_10_asked_at_10_20_started_at_11_00_is_ten_minutes_and_a_cycle_of_sixty() -> None:
    escalation, ravi = story.sent(at=TEN), cast().ravi
    with clock.held_at(TEN + timedelta(minutes=10)):
        actions.acknowledge(escalation.key, by=ravi)
    with clock.held_at(TEN + timedelta(minutes=20)):
        actions.ask(escalation.key, by=ravi, text="Which shard is it?")
    between = acted_on(escalation)
    with clock.held_at(TEN + timedelta(minutes=60)):
        actions.accept_acting(escalation.key, by=ravi, action_code="repro_started")

    rows = Event.objects.filter(subject_key=escalation.key).order_by("seq")
    measured = response(
        EscalationEvent(row.at, row.kind.removeprefix("escalation."), row.data.get("action_code", "")) for row in rows
    )
    clocks = {row.metric: row for row in Clock.objects.filter(subject_key=escalation.key)}
    assert measured is not None
    assert measured.acknowledged_after == timedelta(minutes=10)
    assert measured.cycle == timedelta(minutes=60)
    assert (between.acknowledged_at, between.acted_at) == (TEN + timedelta(minutes=10), None)
    assert acted_on(escalation).acted_at == TEN + timedelta(minutes=60)
    assert clocks["engineering_ack"].stopped_at == TEN + timedelta(minutes=10)
    assert clocks["engineering_action"].stopped_at == TEN + timedelta(minutes=60)


def test_accepting_without_acting_leaves_the_action_clock_running_until_something_is_started() -> None:
    escalation, ravi = story.sent(at=TEN), cast().ravi
    with clock.held_at(TEN + timedelta(minutes=5)):
        actions.accept(escalation.key, by=ravi)
    running = Clock.objects.get(subject_key=escalation.key, metric="engineering_action").state

    with clock.held_at(TEN + timedelta(minutes=30)):
        actions.act(escalation.key, by=ravi, action_code="assigned_with_plan")

    assert running == "running"
    assert Clock.objects.get(subject_key=escalation.key, metric="engineering_action").state == "met"
    assert acted_on(escalation).status == "accepted_acting"


def test_acting_names_one_of_the_coded_actions() -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="A question alone is not an action"):
        actions.accept_acting(escalation.key, by=cast().ravi, action_code="looked_at_it")


def test_a_return_says_what_is_needed() -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="Say in a sentence what is needed"):
        actions.request_changes(escalation.key, by=cast().ravi, reason_code="R01", note=" ")


def test_a_return_asks_for_fields_that_the_packet_has() -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="has no field “P40”"):
        actions.request_changes(escalation.key, by=cast().ravi, reason_code="R01", note="More.", asks_for=("P40",))


def test_a_returned_packet_is_mended_and_sent_again_and_its_first_decision_stays() -> None:
    escalation, ravi = story.sent(), cast().ravi
    actions.request_changes(escalation.key, by=ravi, reason_code="R03", note="Who is affected?", asks_for=("p4",))
    actions.submit(escalation.key, by=cast().sam, reply="P4 names all 400 users of the tenant.")

    actions.accept(escalation.key, by=ravi)

    assert acted_on(escalation).first_decision == "changes_requested"
    assert acted_on(escalation).status == "accepted"
    assert story.events(escalation)[2:] == ["submitted", "changes_requested", "resubmitted", "accepted"]


def test_a_returned_packet_does_not_go_out_again_as_it_was_without_a_word() -> None:
    escalation = story.sent()
    with clock.held_at(story.after(50)):
        actions.request_changes(escalation.key, by=cast().ravi, reason_code="R01", note="How do I repeat it?")

        with pytest.raises(Refused, match=r"came back \(R01\)"):
            actions.submit(escalation.key, by=cast().sam)
        with pytest.raises(Refused, match="at least 20 characters"):
            actions.submit(escalation.key, by=cast().sam, reply="Done.")

    assert story.events(escalation)[-1] == "changes_requested"


def test_a_reply_goes_with_the_packet_and_the_engineer_reads_it_beside_the_answer() -> None:
    escalation = story.sent()
    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R01", note="How do I repeat it?")

    actions.submit(escalation.key, by=cast().sam, reply="The steps stand in P6, on build 2026.11.3.")

    page = signed_in(cast().ravi).get(f"/escalations/{escalation.key}/").content.decode()
    assert "The steps stand in P6, on build 2026.11.3." in page
    assert "Returned by" in page
    assert "Sent by" not in page
    assert story.last_event(escalation).data["reply"] == "The steps stand in P6, on build 2026.11.3."


def test_a_changed_packet_needs_no_reply() -> None:
    escalation = story.sent()
    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R01", note="How do I repeat it?")
    actions.edit(escalation.key, by=cast().sam, texts={"actual": "The gateway answers 401 to each of five calls"})

    assert actions.submit(escalation.key, by=cast().sam).status == "submitted"


def test_a_duplicate_names_what_it_repeats() -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="Name the known error or escalation"):
        actions.name_duplicate(escalation.key, by=cast().ravi, duplicate_of=" ")


def test_a_hand_over_shows_the_case_to_the_other_team_and_decides_nothing() -> None:
    escalation, delivery = story.sent(), make.team("delivery")
    before = selectors.by_key(cast().noor, escalation.key)

    actions.hand_over(escalation.key, by=cast().ravi, team_key="delivery", note="It is the delivery worker.")
    worker.drain()

    after = acted_on(escalation)
    assert before is None
    assert selectors.by_key(cast().noor, escalation.key) == escalation
    assert (after.team, after.status, after.first_decision) == (delivery, "handed_over", "")
    assert Notice.objects.filter(person=cast().noor, text__contains=escalation.key).exists()


MOVES: list[tuple[str, dict[str, Any]]] = [
    ("acknowledge", {}),
    ("accept", {}),
    ("accept_acting", {"action_code": "change_started"}),
    ("request_changes", {"reason_code": "R01", "note": "How does it happen?"}),
    ("reject", {"reason_code": "R05", "note": "It works as built."}),
    ("name_duplicate", {"duplicate_of": "KE-12"}),
    ("hand_over", {"team_key": "identity-platform"}),
    ("ask", {"text": "Which shard is it?"}),
]


@pytest.mark.parametrize(("verb", "given"), MOVES)
def test_after_a_hand_over_the_team_that_had_it_answers_no_more(verb: str, given: dict[str, Any]) -> None:
    escalation, _ = story.sent(), make.team("delivery")
    actions.hand_over(escalation.key, by=cast().ravi, team_key="delivery", note="It is the delivery worker.")

    with pytest.raises(Forbidden, match="is with Delivery"):
        getattr(actions, verb)(escalation.key, by=cast().ravi, **given)

    assert (acted_on(escalation).status, acted_on(escalation).first_decision) == ("handed_over", "")
    assert story.events(escalation)[-1] == "handed_over"


def test_what_was_accepted_is_acted_on_by_its_own_team() -> None:
    escalation, _ = story.sent(), make.team("delivery")
    actions.hand_over(escalation.key, by=cast().ravi, team_key="delivery")
    actions.accept(escalation.key, by=cast().noor)

    with pytest.raises(Forbidden, match="is with Delivery"):
        actions.act(escalation.key, by=cast().ravi, action_code="change_started")

    assert acted_on(escalation).first_decision == "accepted_as_is"


def test_an_ic_answers_for_every_team() -> None:
    escalation = story.sent()
    cast().irina.teams.set([make.team("integrations")])

    actions.accept(escalation.key, by=cast().irina)

    assert acted_on(escalation).status == "accepted"


@pytest.mark.parametrize("team", ["integrations", "identity-platform", "nobody"])
def test_a_hand_over_goes_to_another_engineering_team_only(team: str) -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="Name another engineering team"):
        actions.hand_over(escalation.key, by=cast().ravi, team_key=team)


def test_a_question_is_neither_a_decision_nor_an_action_and_both_sides_are_told() -> None:
    escalation = story.sent()

    question = actions.ask(escalation.key, by=cast().ravi, text="Which shard is it?", is_blocking=True)
    actions.answer_question(escalation.key, question.pk, by=cast().sam, text="Shard 3.")
    worker.drain()

    after = acted_on(escalation)
    assert (after.status, after.acknowledged_at, after.acted_at) == ("submitted", None, None)
    assert Notice.objects.filter(person=cast().sam, text__contains="asks a question").count() == 1
    assert Notice.objects.filter(person=cast().ravi, text__contains="answered a question").count() == 1


def test_a_question_is_answered_once() -> None:
    escalation = story.sent()
    question = actions.ask(escalation.key, by=cast().ravi, text="Which shard is it?")
    actions.answer_question(escalation.key, question.pk, by=cast().sam, text="Shard 3.")

    with pytest.raises(Refused, match="no such open question"):
        actions.answer_question(escalation.key, question.pk, by=cast().sam, text="Shard 4.")


def test_a_withdrawn_escalation_has_a_reason_stops_its_clocks_and_frees_the_case() -> None:
    escalation, sam = story.sent(), cast().sam
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(escalation.key, by=sam, note=" ")

    actions.withdraw(escalation.key, by=sam, note="The customer found it.")

    assert acted_on(escalation).first_decision == "withdrawn"
    assert not Clock.objects.filter(subject_key=escalation.key, stopped_at__isnull=True).exists()
    assert actions.draft(escalation.case.key, by=sam).pk != escalation.pk


def test_the_owner_is_told_what_engineering_said() -> None:
    escalation = story.sent()

    actions.reject(escalation.key, by=cast().ravi, reason_code="R05", note="It works as built.")
    worker.drain()

    assert Notice.objects.filter(person=cast().sam, text__contains=f"rejected {escalation.key}").count() == 1


@pytest.mark.parametrize("who", ["sam", "lea", "mia", "vic", "eve", "sol"])
def test_only_engineering_answers(who: str) -> None:
    escalation = story.sent()

    with pytest.raises(Forbidden):
        actions.accept(escalation.key, by=getattr(cast(), who))

    assert acted_on(escalation).status == "submitted"


def test_an_engineer_of_another_team_sees_neither_the_case_nor_its_packet() -> None:
    escalation = story.sent()

    with pytest.raises(Refused, match="There is no escalation"):
        actions.accept(escalation.key, by=cast().noor)

    assert selectors.by_key(cast().noor, escalation.key) is None
    assert list(selectors.inbox(cast().noor)) == []
    assert list(selectors.inbox(cast().ravi)) == [escalation]
