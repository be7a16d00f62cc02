"""Letters keep who wrote them, a deadline that is over is said to be, and a log does not bury the ticket."""

from datetime import timedelta

import pytest

from sevline.cases import actions, selectors
from sevline.cases.models import CaseFact, Message
from sevline.cases.selectors.reach import known_answers
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db


def test_a_recorded_reply_keeps_the_name_of_the_person_of_the_desk_who_signed_it() -> None:
    case, sam = make.case(severity=3), cast().sam
    text = f"Dear Annelie Brockhaus,\n\nwe look at it. Password: Elbe2026-Kontor!\n\nKind regards,\n{sam.name}"

    actions.add_note(case.key, by=sam, text=text)

    kept = Message.objects.filter(case=case).latest("pk").text
    assert kept.endswith(f"Kind regards,\n{sam.name}")
    assert "Elbe2026" not in kept
    assert "Brockhaus" not in kept


def test_a_deadline_that_is_over_is_said_to_be_over_at_triage() -> None:
    case = make.case(severity=3, at=make.MONDAY)
    case.impact = {**case.impact, "deadline": "2026-11-16 16:00 CET dispatch cut-off"}
    case.save()

    with clock.held_at(make.MONDAY + timedelta(days=2)):
        late = known_answers(case).beside["deadline"]
    with clock.held_at(make.MONDAY):
        early = known_answers(case).beside["deadline"]

    assert "That time has passed" in late
    assert "passed" not in early


def test_the_facts_of_a_log_stand_behind_those_of_the_ticket_with_a_count_and_a_way_to_the_file() -> None:
    case = make.case(severity=3, text="It fails. The request was request_id=req-0000dd01")
    rows = [CaseFact(case=case, kind="request_id", value=f"a{n:07d}", source="E-3") for n in range(40)]
    CaseFact.objects.bulk_create(rows)

    found = {one.kind: one for one in selectors.found(cast().sam, case)}["request_id"]
    page = signed_in(cast().sam).get(case.page).content.decode()

    assert found.first == ("req-0000dd01",)
    assert [(file.key, len(file.values), file.total) for file in found.files] == [("E-3", 3, 40)]
    assert f'href="{case.page}/evidence#E-3"' in page


def test_the_tenant_of_nobody_is_named_when_the_form_is_filled_in() -> None:
    page = signed_in(cast().sam).post(
        "/cases/new", {"read": "1", "text": "We are tenant_id=t_8815 and the import fails."}
    )

    assert "Tenant t_8815 belongs to no customer of the desk." in page.content.decode()
