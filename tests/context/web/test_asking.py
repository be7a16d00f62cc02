"""The checklist of a case: what people say about its items, what to ask for, and the advice that follows."""

from datetime import datetime, timedelta

import pytest

from sevline.cases.models import Case, Message
from sevline.core.checklist import ItemState
from sevline.core.lifecycle import Refused
from sevline.diagnosis import actions as diagnosis
from sevline.evidence import actions
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.service_levels.models import Clock
from sevline.web import checklist
from tests import make
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def missing(case: Case) -> set[str]:
    measured = checklist.of_case(case)
    return {item.key for item in measured.missing} if measured else set()


def test_an_item_that_does_not_apply_leaves_the_list_of_what_is_missing(case: Case) -> None:
    before = missing(case)

    answer = signed_in(cast().sam).post(
        f"/cases/{case.key}/item/C8", {"state": "not_applicable", "reason": "It never worked before"}
    )

    assert answer.status_code == 302
    assert before - missing(case) == {"C8"}
    assert Event.objects.filter(kind="evidence.item_answered").count() == 1


def test_an_item_that_does_not_apply_needs_a_reason(case: Case) -> None:
    answer = signed_in(cast().sam).post(f"/cases/{case.key}/item/C8", {"state": "not_applicable", "reason": " "})

    assert answer.status_code == 422
    assert "Say why the item does not apply" in answer.content.decode()


def test_an_answer_can_be_taken_back(case: Case) -> None:
    before = missing(case)
    actions.answer_item(case.key, "C8", by=cast().sam, state=ItemState.PROVIDED)
    without = missing(case)
    actions.answer_item(case.key, "C8", by=cast().sam, state=ItemState.MISSING)

    assert (before - without, missing(case)) == ({"C8"}, before)


def test_the_percent_in_the_queue_follows_what_was_said(case: Case) -> None:
    for item in ("C5", "C8", "C9"):
        actions.answer_item(case.key, item, by=cast().sam, state=ItemState.PROVIDED)
    worker.drain()

    measured = checklist.of_case(case)
    case.refresh_from_db()
    assert measured is not None
    assert case.evidence_percent == measured.percent > 0


def test_a_secret_in_a_reason_is_redacted(case: Case) -> None:
    said = actions.answer_item(
        case.key, "C8", by=cast().sam, state=ItemState.NOT_APPLICABLE, reason="ask helen@brightwater.example"
    )

    assert "helen" not in said.reason


def test_everything_needed_and_missing_is_chosen_already(case: Case) -> None:
    text = signed_in(cast().sam).get(f"/cases/{case.key}/ask").content.decode()

    assert text.count(" checked") == len(missing(case))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"items": []}, "Choose at least one"), ({"days": 8}, "within the 7 days"), ({"days": -1}, "within the 7 days")],
)
def test_a_request_that_makes_no_sense_is_answered_by_a_sentence(
    case: Case, changes: dict[str, object], sentence: str
) -> None:
    given: dict[str, object] = {"items": ["C9"], "days": 1} | changes
    due = clock.now() + timedelta(days=int(str(given["days"])))

    answer = signed_in(cast().sam).post(
        f"/cases/{case.key}/ask", {"items": given["items"], "due": f"{due:%Y-%m-%dT%H:%M}"}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_page_advises_and_a_sev1_is_never_held_up() -> None:
    urgent, quiet = make.case(severity=1), make.case(severity=4)
    sam = signed_in(cast().sam)

    assert "Escalate now." in sam.get(f"/cases/{urgent.key}").content.decode()
    assert "Gather more first." in sam.get(f"/cases/{quiet.key}").content.decode()


def test_what_the_customer_sends_by_link_ends_a_round(case: Case) -> None:
    from django.test import Client

    from tests.context.evidence.tus import Sender

    asked = actions.ask_customer(case.key, by=cast().sam, items=["C9"], there=(), due=clock.now() + timedelta(hours=4))
    before = checklist.rounds_of(case).customer
    Sender(Client(), f"/send/{asked.given.url.rpartition('/')[2]}/files").whole("a.log", b"2026-11-16 INFO a\n")

    assert (before, checklist.rounds_of(case).customer) == (0, 1)


def test_the_request_promises_the_time_to_which_the_clock_of_the_case_runs() -> None:
    case = make.case(severity=2)
    now = clock.now()

    asked = actions.ask_customer(case.key, by=cast().sam, items=["C9"], there=(), due=now + timedelta(hours=24))

    case.refresh_from_db()
    promise = case.next_update_at
    assert promise is not None
    assert promise <= now + timedelta(minutes=60)
    assert f"You hear from us again by {promise:%A} {promise.day} {promise:%B %Y, %H:%M} UTC." in asked.text
    assert next_update_due(case) == promise


def test_a_promise_that_the_clock_does_not_hold_is_refused() -> None:
    case = make.case(severity=2)
    now = clock.now()

    for late in (now + timedelta(hours=3), now - timedelta(minutes=1)):
        with pytest.raises(Refused, match=r"promise the next update|time that is over"):
            actions.ask_customer(
                case.key,
                by=cast().sam,
                items=["C9"],
                there=(),
                due=now + timedelta(hours=24),
                next_update_at=late,
            )

    case.refresh_from_db()
    assert case.next_update_at is None


def test_the_page_offers_one_promise_and_says_that_the_deadline_of_the_material_moves_no_clock() -> None:
    case = make.case(severity=2)

    page = signed_in(cast().sam).get(f"/cases/{case.key}/ask").content.decode()

    assert "The one promise: the message says it, and the clock of the case runs to it." in page
    assert "It moves no clock." in page


def next_update_due(case: Case) -> datetime | None:
    (row,) = Clock.objects.filter(subject_key=case.key, metric="next_update", stopped_at=None)
    due: datetime | None = row.due_at
    return due


STEPS = "Export one month at a time; each of them takes less than a minute."


def with_a_workaround() -> Case:
    case = make.case(severity=3)
    diagnosis.record_workaround(case.key, by=cast().sam, state="accepted", steps=STEPS)
    case.refresh_from_db()
    return case


def request_for(case: Case, **more: str) -> dict[str, object]:
    return {"items": ["C9"], "due": f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}", **more}


def test_the_request_of_a_case_with_a_workaround_begins_with_it_and_goes_out() -> None:
    case = with_a_workaround()
    sam = signed_in(cast().sam)

    page = sam.get(f"/cases/{case.key}/ask").content.decode()
    answer = sam.post(f"/cases/{case.key}/ask", request_for(case, meanwhile=STEPS))

    assert STEPS in page
    assert answer.status_code == 200
    assert f"Meanwhile you can do this:\n{STEPS}" in Message.objects.get(case=case, kind="public").text


def test_a_request_that_leaves_the_workaround_out_asks_for_the_reason_and_takes_it() -> None:
    case = with_a_workaround()
    sam = signed_in(cast().sam)

    refused = sam.post(f"/cases/{case.key}/ask", request_for(case, meanwhile=""))
    answer = sam.post(
        f"/cases/{case.key}/ask", request_for(case, meanwhile="", override_reason="They work with it since Monday.")
    )

    assert refused.status_code == 422
    assert 'name="override_reason"' in refused.content.decode()
    assert answer.status_code == 200
    assert Message.objects.get(case=case, kind="public").lint["overridden"] == ["L17"]


def test_the_page_asks_for_no_reason_before_anything_is_objected_to() -> None:
    page = signed_in(cast().sam).get(f"/cases/{with_a_workaround().key}/ask").content.decode()

    assert 'name="override_reason"' not in page
