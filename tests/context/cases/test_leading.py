"""A lead is brought in once, by somebody who may, and the event starts the time to diagnosis of lesser cases."""

import pytest

from sevline.cases import actions
from sevline.cases.actions import NoSuchCase
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.people.models import Notice
from sevline.platform.models import Event
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db


def test_a_lead_is_engaged_once_told_and_on_record() -> None:
    case, who = make.case(severity=3), cast()

    actions.engage_lead(case.key, by=who.sam, lead=who.lea, why="Ask helen@brightwater.example first.")
    with pytest.raises(Refused, match="engaged already"):
        actions.engage_lead(case.key, by=who.sam, lead=who.lea, why="Again.")

    event = Event.objects.get(case_key=case.key, kind="case.lead_engaged")
    assert (event.data["lead"], "helen@" in event.data["why"]) == (who.lea.name, False)
    assert Notice.objects.filter(person=who.lea, text__contains=case.key).exists()


def test_only_a_lead_who_sees_the_case_and_only_with_a_reason() -> None:
    case, who = make.case(severity=3), cast()

    with pytest.raises(Refused, match="not a lead"):
        actions.engage_lead(case.key, by=who.lea, lead=who.sam, why="Hard.")
    with pytest.raises(Refused, match="why a lead is needed"):
        actions.engage_lead(case.key, by=who.sam, lead=who.lea, why=" ")
    with pytest.raises(Forbidden):
        actions.engage_lead(case.key, by=who.vic, lead=who.lea, why="Hard.")
    with pytest.raises(NoSuchCase):
        actions.engage_lead(case.key, by=who.eve, lead=who.lea, why="Hard.")

    assert not Event.objects.filter(kind="case.lead_engaged").exists()
