"""A case that was resolved and opened again is escalated again; each escalation counts by itself."""

from datetime import timedelta
from typing import Any

import pytest

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.core.kpi import EventRow, Period, measure
from sevline.core.lifecycle import Refused
from sevline.escalations import actions
from sevline.escalations.models import Escalation
from sevline.platform import clock
from sevline.platform.models import Event
from sevline.service_levels.models import Clock
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ANSWERS: list[tuple[str, dict[str, Any]]] = [
    ("accept", {}),
    ("accept_acting", {"action_code": "change_started"}),
    ("reject", {"reason_code": "R05", "note": "It works as built."}),
]


def answered(verb: str, given: dict[str, Any]) -> Escalation:
    escalation = story.sent()
    with clock.held_at(story.after(50)):
        getattr(actions, verb)(escalation.key, by=cast().ravi, **given)
    escalation.refresh_from_db()
    return escalation


def opened_again(case: Case) -> None:
    with clock.held_at(story.after(60)):
        cases.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)
    with clock.held_at(story.after(90)):
        cases.reopen(case.key, by=cast().sam, reason="The sign-in fails again.")


@pytest.mark.parametrize(("verb", "given"), ANSWERS)
def test_a_case_that_was_opened_again_gets_a_packet_that_follows_the_one_before(
    verb: str, given: dict[str, Any]
) -> None:
    first = answered(verb, given)
    opened_again(first.case)

    with clock.held_at(story.after(100)):
        second = actions.draft(first.case.key, by=cast().sam)
        again = actions.draft(first.case.key, by=cast().sam)

    assert (second.status, second.follows) == ("drafted", first)
    assert again == second
    assert story.last_event(second).data["follows"] == first.key


@pytest.mark.parametrize(("verb", "given"), ANSWERS)
def test_while_the_case_was_not_resolved_drafting_leads_to_the_packet_that_was_answered(
    verb: str, given: dict[str, Any]
) -> None:
    first = answered(verb, given)

    assert actions.draft(first.case.key, by=cast().sam) == first


def test_a_packet_that_waits_for_its_answer_outlasts_the_resolution() -> None:
    first = story.sent()
    opened_again(first.case)

    assert actions.draft(first.case.key, by=cast().sam) == first


def test_the_second_escalation_has_clocks_and_a_first_decision_of_its_own() -> None:
    first = answered("accept", {})
    opened_again(first.case)
    with clock.held_at(story.after(100)):
        second = actions.draft(first.case.key, by=cast().sam)
        cases.tell_customer(first.case.key, by=cast().sam, text="We look again.", next_update_at=story.after(240))
        actions.edit(second.key, by=cast().sam, texts=story.ASK, needed_by=story.after(420))
        actions.submit(second.key, by=cast().sam)

    acks = Clock.objects.filter(case_key=first.case.key, metric="engineering_ack").order_by("started_at")
    assert [(row.subject_key, row.state, row.started_at) for row in acks] == [
        (first.key, "met", story.after(40)),
        (second.key, "running", story.after(100)),
    ]

    with clock.held_at(story.after(110)):
        actions.reject(second.key, by=cast().ravi, reason_code="R05", note="It works as built.")
    rows = [
        EventRow(event.kind, event.at, event.subject_key, {**event.data, "case": event.case_key})
        for event in Event.objects.order_by("seq")
    ]
    rate = measure("F-03", rows, Period(story.AT, story.AT + timedelta(days=1)), at=story.AT + timedelta(days=2))
    assert {row.subject: row.outcome for row in rate.rows} == {first.key: "accepted_as_is", second.key: "rejected"}


def test_the_packet_that_another_one_follows_stays_as_it_is() -> None:
    first = answered("reject", {"reason_code": "R05", "note": "It works as built."})
    opened_again(first.case)
    second = actions.draft(first.case.key, by=cast().sam)

    with pytest.raises(Refused, match=f"Go on with {second.key}"):
        actions.submit(first.key, by=cast().sam)
    with pytest.raises(Refused, match=f"Go on with {second.key}"):
        actions.edit(first.key, by=cast().sam, texts={"symptom": "Another one"})


def test_the_case_offers_a_new_packet_and_both_pages_say_which_one_it_follows() -> None:
    first = answered("accept", {})
    opened_again(first.case)
    browser = signed_in(cast().sam)

    offered = browser.get(f"{first.case.page}/escalation").content.decode()
    started = browser.post(f"/cases/{first.case.key}/escalate")
    packet = browser.get(started["Location"]).content.decode()
    case = browser.get(f"{first.case.page}/escalation").content.decode()

    link = f'<a href="{first.page}">{first.key}</a>'
    assert "Draft the packet" in offered
    assert f"follows {link}" in packet
    assert f"<dt>Follows</dt><dd>{link}</dd>" in case
    assert "Draft the packet" not in case


def test_a_late_action_on_the_packet_before_does_not_tell_the_case_that_it_is_the_newer_one() -> None:
    first = answered("accept", {})
    opened_again(first.case)
    with clock.held_at(story.after(100)):
        actions.draft(first.case.key, by=cast().sam)

    with clock.held_at(story.after(110)):
        actions.act(first.key, by=cast().ravi, action_code="change_started")

    assert Case.objects.get(pk=first.case_id).packet_status == "drafted"
