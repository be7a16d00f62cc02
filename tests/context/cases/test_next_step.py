"""The next step that nobody wrote follows what happened; what a person wrote stays."""

from datetime import datetime, timedelta

import pytest

from sevline.cases import actions
from sevline.cases.models import Case
from sevline.core.case import OwnStep
from sevline.core.lifecycle import Refused
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
AT = make.MONDAY


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def step_of(case: Case) -> tuple[str, datetime]:
    return Case.objects.values_list("next_action", "next_action_due").get(pk=case.pk)


def taken() -> Case:
    """A case that was taken with the step that the form offers."""
    case = make.case(at=AT)
    with clock.held_at(after(1)):
        actions.take(case.key, by=cast().sam, next_action=case.next_action, due=after(30))
    return case


def told(case: Case, minute: int) -> None:
    with clock.held_at(after(minute)):
        actions.tell_customer(case.key, by=cast().sam, text="Which users cannot sign in?", next_update_at=after(60))


def test_after_triage_and_answer_the_next_step_is_the_cause_due_with_the_next_clock() -> None:
    case = taken()
    with clock.held_at(after(3)):
        actions.triage(case.key, by=cast().sam, answers=make.answers(3))
    triaged = step_of(case)
    told(case, 9)

    text, due = step_of(case)
    assert triaged[0] == OwnStep.ANSWER
    assert text == OwnStep.DIAGNOSE
    assert due == Case.objects.get(pk=case.pk).next_due_at


def test_an_answer_before_the_rating_leaves_the_triage() -> None:
    case = taken()

    told(case, 9)

    assert step_of(case)[0] == OwnStep.TRIAGE


def test_while_the_case_waits_for_the_customer_the_next_step_is_theirs_and_comes_back_after() -> None:
    case = taken()
    told(case, 2)
    with clock.held_at(after(4)):
        actions.wait_for_customer(case.key, by=cast().sam, waiting_for="a HAR")
    waiting = step_of(case)[0]
    with clock.held_at(after(20)):
        actions.customer_replied(case.key, by=cast().sam, text="Here it is.")

    assert waiting == OwnStep.AWAIT
    assert step_of(case)[0] == OwnStep.TRIAGE


def test_what_a_person_wrote_stays() -> None:
    case = make.case(severity=3, at=AT)

    told(case, 9)

    assert step_of(case)[0] == "Confirm the certificate"


def test_the_page_shows_it() -> None:
    case = make.case()
    actions.tell_customer(case.key, by=cast().sam, text="Which users cannot sign in?")

    assert OwnStep.TRIAGE in signed_in(cast().sam).get(case.page).content.decode()


def test_the_next_step_is_offered_to_those_who_may_do_it_and_given_to_nobody_else() -> None:
    case = make.case(severity=3)
    page = signed_in(cast().sam).get(f"{case.page}/next-action").content.decode()

    with pytest.raises(Refused, match="Vic Tanaka may not edit a case"):
        actions.set_next_action(
            case.key, by=cast().sam, text="Read the log", due=clock.now() + timedelta(hours=1), who=cast().vic
        )

    assert cast().ines.name in page
    assert cast().vic.name not in page
