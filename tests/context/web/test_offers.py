"""What a case offers to whoever may only read it, and to whom it may be handed over."""

import pytest

from sevline.cases import actions
from sevline.cases.models import Case
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make.case(severity=2)
    for person in (cast().vic, cast().noor):
        person.teams.add(case.team)
    return case


def test_a_viewer_reads_a_case_and_is_offered_nothing_to_do(case: Case) -> None:
    text = signed_in(cast().vic).get(case.page).content.decode()

    assert case.title in text
    for offered in ("Save internal note", "To customer", "Hand over", "Escalate <", ">Change<", ">Hold<"):
        assert offered not in text
    assert "You may read this case." in text


def test_an_engineer_writes_notes_and_does_not_speak_to_the_customer(case: Case) -> None:
    text = signed_in(cast().noor).get(case.page).content.decode()

    assert "Save internal note" in text
    assert "Record as told to the customer" not in text


def test_a_case_is_handed_only_to_people_who_can_own_it(case: Case) -> None:
    text = signed_in(cast().sam).get(f"{case.page}/handoff").content.decode()

    assert cast().ines.name in text
    assert cast().vic.name not in text
    assert cast().noor.name not in text


def test_an_offer_stands_above_all_else_for_whom_it_is(case: Case) -> None:
    actions.offer_handoff(case.key, by=cast().sam, receiver=cast().ines, summary="The pool was raised.")

    hers = signed_in(cast().ines).get(case.page).content.decode()
    others = signed_in(cast().lea).get(case.page).content.decode()
    vics = signed_in(cast().vic).get(case.page).content.decode()

    assert f"{case.owner.name} offered this case to you:" in hers
    assert hers.index("/accept") < hers.index('class="panes"')
    assert "Decline" in hers
    assert f"offered this case to {cast().ines.name}:" in others
    assert "/accept" not in others
    assert "End the offer" in others
    assert "/withdraw" not in vics
