"""Approvals: somebody else answers, in time, and what they allow happens once."""

from datetime import timedelta
from typing import Any

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.governance import actions, selectors
from sevline.governance.models import Approval, ApprovalState
from sevline.people.models import Notice, Person
from sevline.platform import clock
from sevline.platform.events import Ref
from sevline.platform.models import Event
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LOWER = "lower_severity_from_1_or_2"
CASE = Ref("case", "CASE-7", "CASE-7")


def ask(by: Person | None = None, **changed: Any) -> Approval:
    asked = {"severity": 3, "evidence": "Error rate is back to normal.", "customer_notice": "Told by phone at 10:00."}
    given = {"decision": LOWER, "subject": CASE, "case": "CASE-7", "asked": asked, "reason": "Impact has ended."}
    return actions.request(by=by or cast().lea, **(given | changed))


def test_a_manager_approves_what_a_lead_asked_for() -> None:
    approval = ask()

    answered = actions.answer(approval.pk, by=cast().mia, approve=True)

    assert answered.state == ApprovalState.APPROVED
    assert [event.kind for event in Event.objects.filter(case_key="CASE-7")] == ["approval.asked", "approval.answered"]


def test_approvers_are_told_and_then_the_person_who_asked() -> None:
    people = cast()
    approval = ask()
    told = set(Notice.objects.filter(key=f"approval:{approval.pk}").values_list("person__name", flat=True))

    actions.answer(approval.pk, by=people.mia, approve=False, answer="Two customers still report it.")

    assert told == {people.mia.name, people.irina.name, people.sol.name}
    assert "refused your request" in Notice.objects.get(person=people.lea).text


@pytest.mark.requirement("R-245")
def test_nobody_approves_their_own_request_and_an_expired_one_cannot_be_used() -> None:
    people = cast()
    own = ask(by=people.mia)
    late = ask()
    actions.answer(late.pk, by=people.mia, approve=True)

    page = signed_in(people.mia).post(f"/governance/approvals/{own.pk}", {"decide": "approve", "answer": ""})

    assert page.status_code == 403
    assert Approval.objects.get(pk=own.pk).state == ApprovalState.PENDING
    with clock.held_at(clock.now() + timedelta(hours=actions.USE_HOURS)), pytest.raises(Refused, match="expired"):
        actions.use(late.pk, by=people.lea)


def test_the_database_itself_refuses_a_self_approval() -> None:
    from django.db import IntegrityError, transaction

    approval = ask()

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(decided_by=approval.requested_by)


def test_an_approval_is_used_once() -> None:
    people = cast()
    approval = ask()
    actions.answer(approval.pk, by=people.mia, approve=True)
    actions.use(approval.pk, by=people.lea)

    with pytest.raises(Refused, match="works once"):
        actions.use(approval.pk, by=people.lea)


def test_whoever_approved_does_not_carry_it_out() -> None:
    people = cast()
    approval = ask()
    actions.answer(approval.pk, by=people.mia, approve=True)

    with pytest.raises(Forbidden, match="does not carry it out"):
        actions.use(approval.pk, by=people.mia)


@pytest.mark.parametrize("state", ["pending", "refused"])
def test_what_was_not_approved_cannot_be_used(state: str) -> None:
    approval = ask()
    Approval.objects.filter(pk=approval.pk).update(state=state)

    with pytest.raises(Refused):
        actions.use(approval.pk, by=cast().lea)


def test_an_answer_comes_before_the_time_runs_out() -> None:
    people, approval = cast(), ask()

    with clock.held_at(approval.expires_at), pytest.raises(Refused, match="expired"):
        actions.answer(approval.pk, by=people.mia, approve=True)
    with clock.held_at(approval.expires_at - timedelta(seconds=1)):
        assert actions.answer(approval.pk, by=people.mia, approve=True).state == ApprovalState.APPROVED


def test_a_second_answer_is_refused() -> None:
    people, approval = cast(), ask()
    actions.answer(approval.pk, by=people.mia, approve=True)

    with pytest.raises(Refused, match="given already"):
        actions.answer(approval.pk, by=people.irina, approve=False, answer="Too early.")


@pytest.mark.parametrize("name", ["lea", "sam", "noor", "dir", "ada", "aud", "eve"])
def test_those_whom_the_table_does_not_name_as_approvers_answer_nothing(name: str) -> None:
    people = cast()
    approval = ask(by=people.tomasz)

    with pytest.raises(Forbidden):
        actions.answer(approval.pk, by=getattr(people, name), approve=True)


@pytest.mark.parametrize("name", ["noor", "ada", "vic", "dir", "aud"])
def test_those_whom_the_table_gives_no_say_ask_for_nothing(name: str) -> None:
    with pytest.raises(Forbidden):
        ask(by=getattr(cast(), name))


def test_what_the_decision_needs_must_be_there_before_it_is_approved() -> None:
    approval = ask(asked={"severity": 3, "evidence": "Graph is flat.", "customer_notice": " "})

    with pytest.raises(Refused, match="lacks what DR-08 needs: customer notice"):
        actions.answer(approval.pk, by=cast().mia, approve=True)


def test_a_refusal_says_why() -> None:
    approval = ask()

    with pytest.raises(Refused, match="Say why"):
        actions.answer(approval.pk, by=cast().mia, approve=False)


def test_an_answer_is_redacted_before_it_is_written() -> None:
    approval = ask()

    actions.answer(approval.pk, by=cast().mia, approve=False, answer="Ask jane.roe@customer.example first.")

    kept = Approval.objects.get(pk=approval.pk).answer
    assert "jane.roe" not in kept
    assert "first." in kept
    assert not Event.objects.filter(data__icontains="jane.roe").exists()


def test_what_the_council_decides_is_not_pretended() -> None:
    with pytest.raises(Refused, match="decided by the council"):
        ask(decision="change_escalation_process")


GRANT = "grant_elevated_or_audit_sensitive_role"


def test_a_row_with_a_quorum_of_two_is_approved_by_two_different_people() -> None:
    people = cast()
    approval = ask(decision=GRANT)

    after_one = actions.answer(approval.pk, by=people.mia, approve=True).state
    with pytest.raises(Refused, match="takes 2 different people"):
        actions.answer(approval.pk, by=people.mia, approve=True)
    after_two = actions.answer(approval.pk, by=people.sol, approve=True).state

    assert (after_one, after_two) == (ApprovalState.PENDING, ApprovalState.APPROVED)
    assert [event.kind for event in Event.objects.filter(case_key="CASE-7").order_by("seq")] == [
        "approval.asked",
        "approval.assented",
        "approval.answered",
    ]


def test_half_an_approval_is_not_used_and_neither_of_two_approvers_carries_it_out() -> None:
    people = cast()
    approval = ask(decision=GRANT)
    actions.answer(approval.pk, by=people.mia, approve=True)

    with pytest.raises(Refused, match="not answered yet"):
        actions.use(approval.pk, by=people.lea)
    actions.answer(approval.pk, by=people.sol, approve=True)
    for approver in (people.mia, people.sol):
        with pytest.raises(Forbidden, match="Somebody else has to"):
            actions.use(approval.pk, by=approver)

    assert actions.use(approval.pk, by=people.lea).state == ApprovalState.USED


def test_one_refusal_ends_what_two_have_to_approve() -> None:
    people = cast()
    approval = ask(decision=GRANT)
    actions.answer(approval.pk, by=people.mia, approve=True)

    refused = actions.answer(approval.pk, by=people.sol, approve=False, answer="The role is not needed.")

    assert refused.state == ApprovalState.REFUSED


def test_who_approved_is_not_asked_again_and_the_page_says_how_many_lack() -> None:
    people = cast()
    approval = ask(decision=GRANT)
    mia, sol = signed_in(people.mia), signed_in(people.sol)
    mia.post(f"/governance/approvals/{approval.pk}", {"decide": "approve", "answer": ""})

    page = mia.get(f"/governance/approvals/{approval.pk}").content.decode()

    assert f"1 of 2 people: {people.mia.name}" in " ".join(page.split())
    assert 'value="approve"' not in page
    assert [list(selectors.waiting_for(person)) for person in (people.mia, people.sol)] == [[], [approval]]
    assert 'value="approve"' in sol.get(f"/governance/approvals/{approval.pk}").content.decode()


def test_a_decision_that_no_row_names_is_nobodys() -> None:
    with pytest.raises(Forbidden, match="not in the decision rights"):
        ask(decision="paint_the_office")


def test_what_ran_out_is_noted_once_and_the_person_is_told() -> None:
    people, approval = cast(), ask()
    later = approval.expires_at + timedelta(minutes=1)

    gone = [actions.expire(later), actions.expire(later)]

    event = Event.objects.get(kind="approval.expired")
    assert gone == [1, 0]
    assert (event.at, event.data["was"]) == (approval.expires_at, "pending")
    assert "ran out" in Notice.objects.get(person=people.lea).text


def test_each_sees_only_the_requests_that_concern_them() -> None:
    people, approval = cast(), ask()

    seen = {
        person.name.split()[0]
        for person in people.everybody
        if selectors.visible_approvals(person).filter(pk=approval.pk).exists()
    }

    assert seen == {"Lea", "Mia", "Irina", "Sol", "Ada", "Aud"}


def test_a_request_of_others_is_not_found_by_its_number() -> None:
    approval = ask()

    assert signed_in(cast().eve).get(f"/governance/approvals/{approval.pk}").status_code == 404


def test_the_page_offers_the_answer_to_approvers_only() -> None:
    people, approval = cast(), ask()
    address = f"/governance/approvals/{approval.pk}"

    assert 'value="approve"' in signed_in(people.mia).get(address).content.decode()
    assert 'value="approve"' not in signed_in(people.lea).get(address).content.decode()


def test_a_manager_answers_on_the_page() -> None:
    people, approval = cast(), ask()
    mia = signed_in(people.mia)

    empty = mia.post(f"/governance/approvals/{approval.pk}", {"decide": "refuse", "answer": ""})
    done = mia.post(f"/governance/approvals/{approval.pk}", {"decide": "approve", "answer": ""})

    assert empty.status_code == 422
    assert "Say why you refuse" in empty.content.decode()
    assert done.status_code == 302
    assert "Nothing waits for your answer" in mia.get("/governance/approvals").content.decode()
