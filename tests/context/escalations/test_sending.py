"""Sending: what is missing is named, a Sev1 goes with dated promises, and nothing lifts a hard gate."""

from functools import partial

import pytest

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.escalations import actions
from sevline.escalations.models import Deferred, Escalation
from sevline.people.models import Notice
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.service_levels.models import Clock
from tests.cast import cast
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
SENT = story.AT.replace(hour=13, minute=40)
DUE = story.AT.replace(hour=14, minute=40)


def bare(severity: int) -> Escalation:
    """A packet that passes the hard gates and has hardly anything else."""
    case = story.plain_case(severity)
    story.searched(case)
    return actions.draft(case.key, by=cast().sam)


def test_a_sev2_below_its_threshold_is_refused_with_the_points_and_each_way_to_win_them() -> None:
    escalation = bare(2)

    with pytest.raises(Refused) as refusal:
        actions.submit(escalation.key, by=cast().sam)

    reasons = refusal.value.reasons
    assert "points are missing" in reasons[0]
    assert reasons[1].startswith("P6 (+14): Give minimal numbered steps")
    assert {reason.split()[0] for reason in reasons[1:]} >= {"P2", "P5", "P6", "P9", "P10"}
    assert story.events(escalation) == ["drafted"]


def test_hard_gates_are_named_by_sentence_and_an_override_lifts_none_of_them() -> None:
    case = story.plain_case(2)
    escalation = actions.draft(case.key, by=cast().sam)

    with pytest.raises(Refused) as refusal:
        actions.submit(escalation.key, by=cast().lea, override_reason="The account is at risk")

    assert refusal.value.reasons == ("H6: Search the known errors and keep the terms.",)


def test_an_override_needs_its_own_right() -> None:
    escalation = bare(2)

    with pytest.raises(Forbidden):
        actions.submit(escalation.key, by=cast().sam, override_reason="It is urgent")

    assert Escalation.objects.get(pk=escalation.pk).status == "drafted"


def test_an_override_without_a_reason_lifts_nothing() -> None:
    escalation = bare(2)

    with pytest.raises(Refused, match="points are missing"):
        actions.submit(escalation.key, by=cast().lea, override_reason="   ")


def test_a_lead_sends_below_the_threshold_and_the_reason_is_in_the_event() -> None:
    escalation = bare(2)

    actions.submit(escalation.key, by=cast().lea, override_reason="The customer's cut-off is at noon")

    kept = Escalation.objects.get(pk=escalation.pk)
    assert (kept.status, kept.override_by) == ("submitted", cast().lea)
    assert story.last_event(escalation).data["override_reason"] == "The customer's cut-off is at noon"


def test_an_override_where_nothing_has_to_be_lifted_is_not_counted_as_one() -> None:
    escalation = story.drafted()

    actions.submit(escalation.key, by=cast().lea, override_reason="To be safe")

    assert Escalation.objects.get(pk=escalation.pk).override_by is None


def test_a_security_matter_gets_no_packet() -> None:
    case, sol = story.plain_case(), cast().sol
    cases.restrict(case.key, by=sol, restricted=True, reason="A token may have leaked")

    with pytest.raises(Refused, match="goes to Security, not to Engineering"):
        actions.draft(case.key, by=sol)


def test_a_case_that_turns_into_a_security_matter_is_not_sent() -> None:
    escalation, sol = story.drafted(), cast().sol
    cases.restrict(escalation.case.key, by=sol, restricted=True, reason="A token may have leaked")

    with pytest.raises(Refused, match="take the Security route"):
        actions.submit(escalation.key, by=sol)


@pytest.mark.requirement("R-093")
def test_a_sev1_sent_at_13_40_alerts_its_owner_at_14_40_and_counts_as_rework_from_then() -> None:
    early, late = bare(1), bare(1)
    with clock.held_at(SENT):
        for escalation in (early, late):
            actions.submit(escalation.key, by=cast().sam)
    promised = list(Deferred.objects.filter(escalation=late))
    before = actions.mark_overdue(DUE.replace(minute=39))
    overdue = actions.mark_overdue(DUE)
    worker.drain()
    ask = partial(actions.request_changes, reason_code="R01", note="How does it happen again?", asks_for=("p6",))
    with clock.held_at(DUE.replace(minute=39)):
        ask(early.key, by=cast().ravi)
    with clock.held_at(DUE):
        ask(late.key, by=cast().ravi)

    assert {row.due_at for row in promised} == {DUE}
    assert "P6" in {row.field for row in promised}
    assert (before, overdue) == (0, 2 * len(promised))
    assert Notice.objects.filter(person=cast().sam, text__contains=f"P6 of {late.key} was promised").count() == 1
    assert Escalation.objects.get(pk=early.pk).first_decision == ""
    assert Escalation.objects.get(pk=late.pk).first_decision == "changes_requested"


def test_the_event_of_a_sev1_says_by_when_each_point_is_promised() -> None:
    escalation = bare(1)

    with clock.held_at(SENT):
        actions.submit(escalation.key, by=cast().sam)

    data = story.last_event(escalation).data
    assert data["severity"] == 1
    assert data["deferred"]["P6"] == DUE.isoformat()


def test_an_overdue_promise_is_said_once() -> None:
    escalation = bare(1)
    with clock.held_at(SENT):
        actions.submit(escalation.key, by=cast().sam)

    actions.mark_overdue(DUE)

    assert actions.mark_overdue(story.AT.replace(hour=15)) == 0


def test_a_promise_is_kept_only_when_the_point_is_there_and_engineering_gets_the_new_version() -> None:
    escalation, sam = bare(1), cast().sam
    with clock.held_at(SENT):
        actions.submit(escalation.key, by=sam)
        with pytest.raises(Refused, match="P6 is not complete yet"):
            actions.provide_deferred(escalation.key, "P6", by=sam)
        story.diagnosed(Case.objects.get(pk=escalation.case_id))
        kept = actions.provide_deferred(escalation.key, "p6", by=sam)

    data = story.last_event(escalation).data
    newest = escalation.versions.first()
    assert kept.provided_at == SENT
    assert (data["item"], data["version"]) == ("P6", 2)
    assert newest is not None
    assert newest.markdown.count("5 of 5 runs") == 1


def test_a_sent_packet_shows_the_case_to_the_team_and_starts_its_two_clocks() -> None:
    escalation = story.sent()

    rows = Clock.objects.filter(subject_key=escalation.key).values_list("metric", "state")
    assert dict(rows) == {"engineering_ack": "running", "engineering_action": "running"}
    assert Case.objects.visible_to(cast().ravi).filter(pk=escalation.case_id).exists()
    assert Case.objects.get(pk=escalation.case_id).stage == "escalated"


def test_engineers_of_the_team_are_told_that_a_packet_arrived_and_others_are_not() -> None:
    escalation = story.sent()

    worker.drain()

    told = Notice.objects.filter(text__contains=f"{escalation.key} has arrived").values_list("person__name", flat=True)
    assert set(told) == {cast().ravi.name, cast().irina.name}


def test_a_draft_is_no_business_of_engineering() -> None:
    escalation = story.drafted()

    with pytest.raises(Refused, match="There is no escalation"):
        actions.acknowledge(escalation.key, by=cast().ravi)


def test_what_was_accepted_is_not_sent_again() -> None:
    escalation = story.sent()
    actions.accept(escalation.key, by=cast().ravi)

    with pytest.raises(Refused, match="is not possible while the status is"):
        actions.submit(escalation.key, by=cast().sam)

    assert Event.objects.filter(kind="escalation.resubmitted").count() == 0
