"""Causes carry a confidence that evidence pays for; what did not hold is refuted and stays on record."""

import pytest

from sevline.cases import actions as cases
from sevline.cases.actions import NoSuchCase
from sevline.cases.models import Message
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.models import Cause
from sevline.platform.models import Event
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db


def test_a_suspicion_needs_no_evidence_and_more_than_that_does() -> None:
    case, sam = work.case(), cast().sam

    actions.record_cause(case.key, by=sam, statement="The pool is too small", confidence="suspected")
    with pytest.raises(Refused, match="A probable cause needs at least one piece of evidence"):
        actions.record_cause(case.key, by=sam, statement="The pool is too small", confidence="probable")

    assert Cause.objects.get(case=case).confidence == "suspected"


def test_confirmed_says_how_and_what_was_ruled_out() -> None:
    case, sam = work.case(), cast().sam
    item = work.evidence(case)

    with pytest.raises(Refused, match="mechanism"):
        actions.record_cause(
            case.key, by=sam, statement="The pool is too small", confidence="confirmed", items=[item.key]
        )
    cause = actions.record_cause(
        case.key,
        by=sam,
        statement="The pool is too small",
        confidence="confirmed",
        items=[item.key],
        mechanism="Waiting callers run into the limit of 10 s.",
        ruled_out="The receiver is slow\nTLS changed",
    )

    assert cause.ruled_out.splitlines() == ["The receiver is slow", "TLS changed"]


def test_the_event_says_what_time_to_diagnosis_reads() -> None:
    case = work.case()
    item = work.evidence(case)

    cause = actions.record_cause(
        case.key, by=cast().sam, statement="The pool is too small", confidence="probable", items=[item.key]
    )
    actions.refute_cause(case.key, cause.pk, by=cast().sam, reason="The pool was at 64.")

    recorded, refuted = Event.objects.filter(case_key=case.key, kind__startswith="diagnosis.cause").order_by("seq")
    assert {"cause": cause.pk, "confidence": "probable", "items": ["E-1"]}.items() <= recorded.data.items()
    assert refuted.data["cause"] == cause.pk


def test_a_refuted_cause_stays_and_is_refuted_once() -> None:
    case, sam = work.case(), cast().sam
    cause = actions.record_cause(case.key, by=sam, statement="The pool is too small", confidence="suspected")

    with pytest.raises(Refused, match="what refuted it"):
        actions.refute_cause(case.key, cause.pk, by=sam, reason=" ")
    actions.refute_cause(case.key, cause.pk, by=sam, reason="It was at 64.")
    with pytest.raises(Refused, match="no such standing cause"):
        actions.refute_cause(case.key, cause.pk, by=sam, reason="Again.")

    assert [row.refuted_at is not None for row in selectors.causes(sam, case)] == [True]


def test_what_is_typed_about_a_cause_is_redacted() -> None:
    case = work.case()
    item = work.evidence(case)

    cause = actions.record_cause(
        case.key,
        by=cast().sam,
        statement=f"{work.MAIL} was removed",
        confidence="confirmed",
        items=[item.key],
        mechanism=f"Without {work.MAIL} nobody approves.",
        ruled_out=f"{work.MAIL} left",
        component=f"mail of {work.MAIL}",
    )
    actions.refute_cause(case.key, cause.pk, by=cast().sam, reason=f"{work.MAIL} is back")

    assert work.MAIL not in str([*Cause.objects.values(), *Event.objects.values("data")])


def test_a_confidence_that_does_not_exist_is_refused() -> None:
    case = work.case()

    with pytest.raises(Refused, match="The confidence is one of confirmed, probable, suspected"):
        actions.record_cause(case.key, by=cast().sam, statement="S", confidence="certain")


def test_a_viewer_may_not_and_a_stranger_finds_nothing() -> None:
    case = work.case()

    with pytest.raises(Forbidden):
        actions.record_cause(case.key, by=cast().vic, statement="S", confidence="suspected")
    with pytest.raises(NoSuchCase):
        actions.refute_cause(case.key, 1, by=cast().eve, reason="R")


CLAIM = "Your sign-in failed. The failure was caused by an expired certificate."


def confirm(key: str, item: str) -> Cause:
    return actions.record_cause(
        key,
        by=cast().sam,
        statement="The certificate expired",
        confidence="confirmed",
        items=[item],
        mechanism="The service compares the signature with a key that is no longer valid.",
        ruled_out="The clock drifted",
    )


@pytest.mark.requirement("R-043")
def test_a_message_that_presents_a_probable_cause_as_fact_is_blocked_by_l09() -> None:
    case, sam = work.case(), cast().sam
    actions.record_cause(
        case.key, by=sam, statement="The certificate expired", confidence="probable", items=[work.evidence(case).key]
    )

    with pytest.raises(Refused, match=r"“caused by”: cause not confirmed \(L09\)"):
        cases.tell_customer(case.key, by=sam, text=CLAIM)

    assert Message.objects.filter(case=case, kind="public").count() == 0
    cases.tell_customer(case.key, by=sam, text="We are still confirming the cause.")
    assert Message.objects.filter(case=case, kind="public").count() == 1


def test_by_form_the_claim_is_answered_422_with_the_text_kept_and_a_note_may_say_it() -> None:
    case, browser = work.case(), signed_in(cast().sam)

    answer = browser.post(f"/cases/{case.key}/tell", {"text": CLAIM, "is_meaningful": "on"})
    note = browser.post(f"/cases/{case.key}/note", {"text": CLAIM})

    assert (answer.status_code, note.status_code) == (422, 302)
    assert "L09" in answer.content.decode()
    assert CLAIM in answer.content.decode()


def test_a_confirmed_cause_is_told_until_it_is_refuted() -> None:
    case, sam = work.case(), cast().sam
    cause = confirm(case.key, work.evidence(case).key)

    cases.tell_customer(case.key, by=sam, text=CLAIM)
    actions.refute_cause(case.key, cause.pk, by=sam, reason="The certificate is valid until 2028.")

    with pytest.raises(Refused, match="L09"):
        cases.tell_customer(case.key, by=sam, text=f"Once more. {CLAIM}")
