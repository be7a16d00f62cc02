"""Severity comes from answers; people raise it at once and lower a Sev1 or Sev2 only with approval."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sevline.cases import actions, selectors
from sevline.cases.actions import NeedsApproval
from sevline.cases.actions.triage import plain_answers
from sevline.cases.forms import TriageForm
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.core.severity import DataEffect, Degree, SeverityAnswers, kept_answers, rate
from sevline.customers.models import Environment, EnvironmentKind
from sevline.governance import actions as governance
from sevline.governance.models import Approval
from sevline.people.models import Notice
from sevline.platform import clock
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_answers_are_kept_with_the_rule_and_the_version() -> None:
    case = now(make.case(severity=2))

    assert (case.severity, case.severity_rule) == (2, "SEV-R4")
    assert case.severity_version
    assert case.severity_answers["degree"] == "D4"
    assert case.severity_answers["seats_percent"] == "0.3"


@pytest.mark.requirement("R-018")
def test_an_agent_who_lowers_a_sev1_to_sev3_is_refused_and_a_request_is_written() -> None:
    case, sam = make.case(severity=1), cast().sam

    with pytest.raises(NeedsApproval) as refusal:
        actions.change_severity(case.key, by=sam, severity=3, **LOWERED)

    approval = Approval.objects.get(pk=refusal.value.approval)
    history = list(Event.objects.filter(case_key=case.key).values_list("kind", flat=True))
    assert now(case).severity == 1
    assert (approval.asked["severity"], approval.requested_by, approval.state) == (3, sam, "pending")
    assert "case.triaged" in history
    assert "case.severity_lowering_asked" in history


def test_raising_is_done_at_once_by_an_agent() -> None:
    case = make.case(severity=3)

    actions.change_severity(case.key, by=cast().sam, severity=1, reason="A second region reports it.")

    assert (now(case).severity, now(case).severity_reason) == (1, "A second region reports it.")
    assert not Approval.objects.exists()


def test_a_severity_that_a_person_set_names_them_and_what_the_table_says() -> None:
    case, sam = make.case(severity=3), cast().sam
    by_rule = selectors.severity_basis(now(case))

    actions.change_severity(case.key, by=sam, severity=1, reason="A second region reports it.")

    told = "set by Sam Okafor: A second region reports it; the table says Sev3 by SEV-R8"
    page = signed_in(sam).get(case.page).content.decode()
    assert by_rule == "by rule SEV-R8"
    assert selectors.severity_basis(now(case)) == told
    assert page.count(told) == 2


def test_a_severity_that_the_table_gives_again_is_by_its_rule() -> None:
    case, sam = make.case(severity=3), cast().sam
    actions.change_severity(case.key, by=sam, severity=1, reason="A second region reports it.")

    actions.triage(case.key, by=sam, answers=make.answers(1))

    assert selectors.severity_basis(now(case)) == "by rule SEV-R3"


def test_a_severity_without_a_reason_is_refused() -> None:
    case = make.case(severity=3)

    with pytest.raises(Refused, match="10 characters"):
        actions.change_severity(case.key, by=cast().sam, severity=1, reason="because")


def test_a_case_that_nobody_rated_gets_no_severity_by_hand() -> None:
    case = make.case()

    with pytest.raises(Refused, match="answers"):
        actions.change_severity(case.key, by=cast().sam, severity=1, reason="It feels like a Sev1 to me.")


@pytest.mark.requirement("R-019")
def test_sign_in_down_with_unknown_scope_is_sev1_and_one_account_of_0_4_percent_then_proposes_sev2() -> None:
    case, sam = make.case(), cast().sam
    unknown = replace(make.answers(2), accounts_percent=None, seats_percent=None)

    with clock.held_at(make.MONDAY):
        actions.triage(case.key, by=sam, answers=unknown)
    assumed = now(case)
    known = replace(unknown, accounts_percent=0.4, seats_percent=0.4)
    with pytest.raises(NeedsApproval) as proposal:
        actions.triage(case.key, by=sam, answers=known, evidence="The graph.", customer_notice="By phone.")

    assert (assumed.severity, assumed.severity_rule) == (1, "SEV-R3")
    assert assumed.severity_unknowns == ["accounts_percent", "seats_percent"]
    assert assumed.severity_review_at == make.MONDAY + timedelta(minutes=30)
    asked = Approval.objects.get(pk=proposal.value.approval).asked
    assert (asked["severity"], asked["answers"]["accounts_percent"]) == (2, "0.4")
    assert now(case).severity == 1


def test_while_a_lowering_waits_the_case_keeps_the_answers_that_gave_its_rule_and_then_those_that_lowered_it() -> None:
    case, people = make.case(), cast()
    down = replace(make.answers(2), accounts_percent=40.0, seats_percent=40.0)
    actions.triage(case.key, by=people.sam, answers=down)
    fewer = replace(down, accounts_percent=0.4, seats_percent=0.4)

    with pytest.raises(NeedsApproval) as refusal:
        actions.triage(
            case.key, by=people.sam, answers=fewer, evidence="The log.", customer_notice="By phone.", issue_type="saml"
        )
    waiting = now(case)
    governance.answer(refusal.value.approval, by=people.mia, approve=True)
    actions.lower_severity(case.key, by=people.sam, approval_id=refusal.value.approval)

    assert (waiting.severity_rule, waiting.severity_answers["accounts_percent"]) == ("SEV-R3", "40.0")
    assert waiting.issue_type == "saml"
    assert rate(kept_answers(waiting.severity_answers)).rule == waiting.severity_rule
    assert (now(case).severity, now(case).severity_rule) == (2, "SEV-R4")
    assert rate(kept_answers(now(case).severity_answers)).rule == "SEV-R4"
    rated = Event.objects.filter(case_key=case.key, kind="case.triaged")
    assert [rate(kept_answers(one.data["answers"])).rule == one.data["rule"] for one in rated] == [True]
    changed = Event.objects.get(case_key=case.key, kind="case.severity_changed").data
    assert rate(kept_answers(changed["answers"])).rule == changed["rule"]


@pytest.mark.parametrize("verb", ["triage", "severity"])
def test_the_form_asks_for_evidence_and_notice_before_a_lowering_is_asked_for(verb: str) -> None:
    case = make.case(severity=1)
    questions = {**plain_answers(make.answers(4)), "severity": "4", "reason": "Only one account, checked twice."}
    form = {"seen_version": str(case.version), **questions}

    refused = signed_in(cast().sam).post(f"{case.page}/{verb}", form)
    asked = signed_in(cast().sam).post(
        f"{case.page}/{verb}", {**form, "evidence": "E-1 shows one account", "customer_notice": "Told at 10:00"}
    )

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Say which evidence shows the lower severity" in page
    assert "Say when and how the customer was told" in page
    assert asked.status_code == 403
    assert Approval.objects.get().asked["evidence"] == "E-1 shows one account"


@pytest.mark.parametrize("verb", ["triage", "severity"])
def test_what_a_lowering_lacks_is_said_at_its_field(verb: str) -> None:
    case = make.case(severity=1)
    form = {
        **plain_answers(make.answers(2)),
        "seen_version": str(case.version),
        "severity": "2",
        "reason": "One account",
    }

    answer = signed_in(cast().sam).post(f"{case.page}/{verb}", form | {"customer_notice": "Told by mail at 10:00 UTC"})

    errors = answer.context["form"].errors
    assert errors == {"evidence": ["Say which evidence shows the lower severity."]}


def test_what_was_approved_is_carried_out_once_and_not_by_the_approver() -> None:
    case, people = make.case(severity=1), cast()
    with pytest.raises(NeedsApproval) as refusal:
        actions.change_severity(
            case.key,
            by=people.sam,
            severity=3,
            reason="Local sign-in works for everybody.",
            evidence="Twelve of twelve users signed in.",
            customer_notice="Told by phone at 11:20 UTC.",
        )
    asked = refusal.value.approval

    with pytest.raises(Refused):
        actions.lower_severity(case.key, by=people.sam, approval_id=asked)
    governance.answer(asked, by=people.mia, approve=True)
    with pytest.raises(Forbidden):
        actions.lower_severity(case.key, by=people.mia, approval_id=asked)
    actions.lower_severity(case.key, by=people.sam, approval_id=asked)
    with pytest.raises(Refused):
        actions.lower_severity(case.key, by=people.sam, approval_id=asked)

    assert now(case).severity == 3
    assert Event.objects.get(case_key=case.key, kind="case.severity_changed").data["approval"] == asked


LOWERED: dict[str, Any] = {
    "reason": "Local sign-in works for everybody.",
    "evidence": "Twelve of twelve users signed in.",
    "customer_notice": "Told by phone at 11:20 UTC.",
}


def approved(case: Case, severity: int) -> int:
    """The number of an approval by Mia to lower the case that Sam asked for."""
    with pytest.raises(NeedsApproval) as refusal:
        actions.change_severity(case.key, by=cast().sam, severity=severity, **LOWERED)
    governance.answer(refusal.value.approval, by=cast().mia, approve=True)
    return refusal.value.approval


def test_an_approval_keeps_what_the_case_was_when_it_was_asked_for() -> None:
    case = make.case(severity=2)

    asked = Approval.objects.get(pk=approved(case, 4)).asked

    assert (asked["severity_before"], asked["rule_before"]) == (2, "SEV-R4")
    assert asked["case_version"] == case.version


def test_an_approved_lowering_is_refused_once_a_disclosure_is_known() -> None:
    case, sam = make.case(severity=2), cast().sam
    approval = approved(case, 4)
    disclosed = replace(make.answers(2), data_effect=DataEffect.DISCLOSURE_CONFIRMED)
    actions.triage(case.key, by=sam, answers=disclosed)

    with pytest.raises(Refused, match="By rule SEV-R1 a disclosure stays Sev1"):
        actions.lower_severity(case.key, by=sam, approval_id=approval)

    assert (now(case).severity, now(case).severity_rule) == (1, "SEV-R1")
    assert Approval.objects.get(pk=approval).state == "approved"


def test_nobody_asks_to_lower_a_disclosure_that_is_not_ruled_out() -> None:
    case, sam = make.case(severity=2), cast().sam
    actions.triage(case.key, by=sam, answers=replace(make.answers(2), data_effect=DataEffect.DISCLOSURE_SUSPECTED))

    with pytest.raises(Refused, match="Triage the case again once it is ruled out"):
        actions.change_severity(case.key, by=sam, severity=3, **LOWERED)

    assert not Approval.objects.exists()


def test_an_approved_lowering_is_refused_when_the_severity_changed_since() -> None:
    case, sam = make.case(severity=2), cast().sam
    approval = approved(case, 4)
    actions.triage(case.key, by=sam, answers=make.answers(1))

    with pytest.raises(Refused, match=r"is Sev1 by rule SEV-R3 now.*Ask again"):
        actions.lower_severity(case.key, by=sam, approval_id=approval)

    assert now(case).severity == 1


def test_a_lowering_by_answers_is_refused_when_the_answers_changed_since() -> None:
    case, sam = make.case(severity=1), cast().sam
    with pytest.raises(NeedsApproval) as refusal:
        actions.triage(case.key, by=sam, answers=make.answers(4), evidence="A graph.", customer_notice="By phone.")
    governance.answer(refusal.value.approval, by=cast().mia, approve=True)
    actions.triage(case.key, by=sam, answers=make.answers(1))

    with pytest.raises(Refused, match="give Sev1 by rule SEV-R3 now"):
        actions.lower_severity(case.key, by=sam, approval_id=refusal.value.approval)

    assert now(case).severity == 1


def test_a_disclosure_that_was_ruled_out_is_lowered_with_approval_of_security() -> None:
    case, people = make.case(severity=2), cast()
    actions.triage(
        case.key, by=people.sam, answers=replace(make.answers(2), data_effect=DataEffect.DISCLOSURE_SUSPECTED)
    )
    with pytest.raises(NeedsApproval) as refusal:
        actions.triage(
            case.key, by=people.sam, answers=make.answers(2), evidence="The log.", customer_notice="By phone."
        )
    governance.answer(refusal.value.approval, by=people.sol, approve=True)

    actions.lower_severity(case.key, by=people.sam, approval_id=refusal.value.approval)

    assert (now(case).severity, now(case).severity_rule) == (2, "SEV-R4")


def test_a_form_sent_twice_asks_for_one_approval() -> None:
    case, sam = make.case(severity=1), cast().sam
    with pytest.raises(NeedsApproval) as first:
        actions.change_severity(case.key, by=sam, severity=3, seen_version=case.version, **LOWERED)
    with pytest.raises(NeedsApproval) as again:
        actions.change_severity(case.key, by=sam, severity=3, seen_version=case.version, **LOWERED)

    assert again.value.approval == first.value.approval
    assert Approval.objects.count() == 1
    assert Event.objects.filter(case_key=case.key, kind="case.severity_lowering_asked").count() == 1


def test_a_request_with_better_evidence_is_another_one() -> None:
    case, sam = make.case(severity=1), cast().sam
    with pytest.raises(NeedsApproval):
        actions.change_severity(case.key, by=sam, severity=3, **{**LOWERED, "evidence": "A graph."})
    with pytest.raises(NeedsApproval):
        actions.change_severity(case.key, by=sam, severity=3, **LOWERED)

    assert Approval.objects.count() == 2


def test_a_disclosure_is_shown_to_security_at_once() -> None:
    case = make.case()
    answers = SeverityAnswers(data_effect=DataEffect.DISCLOSURE_SUSPECTED, degree=Degree.MINOR)

    actions.triage(case.key, by=cast().sam, answers=answers)

    assert now(case).severity_rule == "SEV-R1"
    assert Notice.objects.filter(person=cast().sol, key=f"security:{case.key}").exists()


def test_the_customers_severity_and_plan_never_enter() -> None:
    loud = make.case(severity=3, customer_severity=1)
    quiet = make.case(severity=3, customer_severity=None)

    assert now(loud).severity == now(quiet).severity == 3
    assert now(loud).customer_severity == 1


def test_a_restricted_case_is_seen_by_security_and_its_owner_only() -> None:
    case, people = make.case(), cast()
    actions.restrict(case.key, by=people.sam, restricted=True, reason="A token may have leaked.")

    seen = [p.name for p in people.everybody if Case.objects.visible_to(p).filter(pk=case.pk).exists()]

    assert sorted(seen) == ["Sam Okafor", "Sol Akintola"]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(EnvironmentKind.PRODUCTION, "production"), (EnvironmentKind.SANDBOX, "non_production")],
)
def test_the_first_question_is_answered_by_the_environment_that_the_case_names(kind: str, answer: str) -> None:
    case, place = make.case(), make.environment()
    Environment.objects.filter(pk=place.pk).update(kind=kind)
    Case.objects.filter(pk=case.pk).update(environment=place)

    form = TriageForm(person=cast().sam, case=now(case))

    assert form["environment"].value() == answer


def test_an_answer_that_was_given_stays_whatever_environment_the_case_names() -> None:
    case = make.case(severity=2)
    place = make.environment()
    Environment.objects.filter(pk=place.pk).update(kind=EnvironmentKind.SANDBOX)
    Case.objects.filter(pk=case.pk).update(environment=place)

    form = TriageForm(person=cast().sam, case=now(case))

    assert form["environment"].value() == "production"
