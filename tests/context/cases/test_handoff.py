"""A case changes hands when the receiver accepts, never before."""

from datetime import timedelta

import pytest

from sevline.cases import actions
from sevline.cases.models import Case, Handoff
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.people.models import Notice
from sevline.platform import clock
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db


def offered(severity: int) -> Case:
    case = make.case(severity=severity, at=make.MONDAY - timedelta(minutes=5))
    with clock.held_at(make.MONDAY):
        actions.offer_handoff(case.key, by=cast().sam, receiver=cast().ines, summary="The metadata is being read.")
    return case


@pytest.mark.requirement("R-002")
@pytest.mark.parametrize(("severity", "minutes"), [(1, 30), (2, 30), (3, 240), (4, 240)])
def test_an_offer_that_nobody_accepts_leaves_the_owner_and_alerts_the_shift_lead_once(
    severity: int, minutes: int
) -> None:
    case = offered(severity)

    before = actions.alert_overdue(make.MONDAY + timedelta(minutes=minutes, seconds=-1))
    on_time = actions.alert_overdue(make.MONDAY + timedelta(minutes=minutes))
    again = actions.alert_overdue(make.MONDAY + timedelta(minutes=minutes + 10))

    told = Notice.objects.filter(person=cast().tomasz, key__endswith=":overdue")
    assert (before, on_time, again) == (0, 1, 0)
    assert Case.objects.get(pk=case.pk).owner == cast().sam
    assert told.count() == 1


def test_accepting_moves_the_case_and_its_next_action() -> None:
    case = offered(2)

    actions.accept_handoff(case.key, by=cast().ines)

    now = Case.objects.get(pk=case.pk)
    assert (now.owner, now.next_action_by) == (cast().ines, cast().ines)


def test_nobody_else_accepts_an_offer() -> None:
    case = offered(2)

    with pytest.raises(Forbidden):
        actions.accept_handoff(case.key, by=cast().lea)


def test_an_offer_ends_when_somebody_else_takes_the_case() -> None:
    case, people = make.case(at=make.MONDAY), cast()
    with clock.held_at(make.MONDAY):
        actions.offer_handoff(case.key, by=people.sam, receiver=people.ines, summary="The metadata is being read.")
        due = make.MONDAY + timedelta(hours=1)
        actions.take(case.key, by=people.tomasz, next_action="Read the metadata", due=due)

    with pytest.raises(Refused, match="no open offer"):
        actions.accept_handoff(case.key, by=people.ines)

    assert Case.objects.get(pk=case.pk).owner == people.tomasz


def test_an_offer_of_somebody_who_no_longer_owns_the_case_moves_nothing() -> None:
    case, people = offered(2), cast()
    Case.objects.filter(pk=case.pk).update(owner=people.tomasz)  # as offers were kept before taking ended them

    with pytest.raises(Refused, match="Tomasz Zielinski owns it now"):
        actions.accept_handoff(case.key, by=people.ines)
    actions.withdraw_handoff(case.key, by=people.tomasz)

    assert Case.objects.get(pk=case.pk).owner == people.tomasz


def test_a_case_is_not_offered_to_somebody_who_cannot_see_it() -> None:
    case = make.case()

    with pytest.raises(Refused, match="cannot see"):
        actions.offer_handoff(case.key, by=cast().sam, receiver=cast().eve, summary="Please take this.")


def test_a_withdrawn_offer_is_accepted_no_more() -> None:
    case = offered(2)
    actions.withdraw_handoff(case.key, by=cast().sam)

    with pytest.raises(Refused, match="no open offer"):
        actions.accept_handoff(case.key, by=cast().ines)

    assert Handoff.objects.get(case=case).withdrawn_at is not None
