"""What stands between a text and the customer: redaction, the outbound lint, a reason, somebody else's yes."""

from datetime import timedelta
from typing import Any

import pytest

from sevline.cases import actions
from sevline.cases.actions import HeldBack
from sevline.cases.models import Case, Message
from sevline.core.comms import OUTBOUND
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.governance import actions as governance
from sevline.governance.models import Approval
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOTE = "The export job waits on db-7.eu.prod.internal until its pool is free."
EDITED = "The export job waits until a connection is free."
ETA = "Exports will be working again by 14:00 UTC."


def noted(text: str = NOTE, **more: Any) -> tuple[Case, Message]:
    case = make.case(severity=3, **more)
    return case, actions.add_note(case.key, by=cast().sam, text=text)


def told(case: Case) -> list[Message]:
    return list(Message.objects.filter(case=case, kind="public"))


def publish(case: Case, note: Message, text: str, by: Person | None = None, reason: str = "") -> Message:
    return actions.tell_customer(case.key, by=by or cast().sam, text=text, from_note=note.pk, override_reason=reason)


def last(case: Case, kind: str) -> Event:
    return Event.objects.filter(case_key=case.key, kind=kind).latest("seq")


@pytest.mark.requirement("R-007")
def test_a_note_that_names_a_host_is_stopped_by_l14_until_the_text_is_changed() -> None:
    case, note = noted()

    with pytest.raises(HeldBack, match=r"L14") as held:
        publish(case, note, note.text)

    assert [remark.phrase for remark in held.value.clearance.remarks] == ["db-7.eu.prod.internal"]
    assert told(case) == []
    message = publish(case, note, EDITED)
    assert (message.text, message.from_note, message.lint["overridden"]) == (EDITED, note, [])


@pytest.mark.requirement("R-007")
def test_or_until_the_stop_is_overridden_with_a_reason_which_stays_in_the_trail() -> None:
    case, note = noted()

    message = publish(case, note, note.text, reason="They run this host for us and know its name.")

    happened = last(case, "case.lint_set_aside")
    assert message.lint == {
        "version": OUTBOUND.version,
        "overridden": ["L14"],
        "approved": [],
        "reason": "They run this host for us and know its name.",
    }
    assert (happened.data["rules"], happened.data["told"]) == (["L14"], message.pk)
    assert happened.data["reason"] == "They run this host for us and know its name."
    assert happened.actor_label == cast().sam.name


@pytest.mark.requirement("R-007")
def test_jargon_in_a_note_is_stopped_by_l05_in_the_same_way() -> None:
    case, note = noted("The replica lags behind.")

    with pytest.raises(HeldBack, match="L05"):
        publish(case, note, note.text)

    assert publish(case, note, note.text, reason="They asked about it.").lint["overridden"] == ["L05"]


@pytest.mark.requirement("R-007")
def test_a_note_is_internal_by_default_and_stays_so_when_its_text_goes_out() -> None:
    case, note = noted(EDITED)

    message = publish(case, note, note.text)

    note.refresh_from_db()
    assert (note.kind, message.kind) == ("internal", "public")
    assert last(case, "case.note_made_public").data == {"note": note.pk, "told": message.pk}
    with pytest.raises(Refused, match="already"):
        publish(case, note, note.text)


def test_a_director_may_not_override_what_the_decision_rights_give_to_others() -> None:
    case, note = noted()

    with pytest.raises(HeldBack, match="DR-04"):
        publish(case, note, note.text, by=cast().dir, reason="It is fine.")


def test_what_goes_out_is_redacted_first() -> None:
    case, note = noted("Ask ops@harbour.example about it.")

    with pytest.raises(HeldBack, match="L06"):
        actions.tell_customer(case.key, by=cast().sam, text="Ask ops@harbour.example about it.")

    assert "ops@harbour.example" not in publish(case, note, note.text).text


def test_the_note_of_another_case_is_not_made_public_here() -> None:
    _, note = noted()
    other = make.case("Another", severity=3)

    with pytest.raises(Refused, match="no such internal note"):
        publish(other, note, EDITED)


def test_another_customers_name_is_stopped_and_the_own_one_passes() -> None:
    make.account("harbour-mutual")
    case = make.case(severity=3)
    other, own = "Harbour-Mutual", case.account.name if case.account else ""
    other = make.account("harbour-mutual").name

    with pytest.raises(HeldBack, match="L06"):
        actions.tell_customer(case.key, by=cast().sam, text=f"{other} has it too.")
    assert actions.tell_customer(case.key, by=cast().sam, text=f"{own} is set up as it should be.").pk


def test_what_the_customer_named_first_may_be_named_back() -> None:
    case = make.case(severity=3, text="Our host edge-proxy-03 answers 502 since 2026-11-16T09:42:00Z.")

    assert actions.tell_customer(case.key, by=cast().sam, text="Please look at edge-proxy-03.").pk


def test_a_colleague_is_not_named_but_the_author_signs() -> None:
    case, sam = make.case(severity=3), cast().sam

    with pytest.raises(HeldBack, match="L14"):
        actions.tell_customer(case.key, by=sam, text=f"{cast().noor.name} reads your log.")
    assert actions.tell_customer(case.key, by=sam, text=f"We read your log. {sam.name}").pk


def test_the_first_word_on_a_sev2_says_what_it_means_for_the_customer() -> None:
    case, due = make.case(severity=2), clock.now() + timedelta(hours=1)

    with pytest.raises(HeldBack, match="L18"):
        actions.tell_customer(case.key, by=cast().sam, text="We read your log.", next_update_at=due)
    actions.tell_customer(case.key, by=cast().sam, text="We are sorry. We read your log.", next_update_at=due)
    assert actions.tell_customer(case.key, by=cast().sam, text="We read your log.", next_update_at=due).pk


def test_a_time_of_repair_goes_out_once_an_incident_commander_approved_these_very_words() -> None:
    case, lea, irina = make.case(severity=3), cast().lea, cast().irina
    with pytest.raises(HeldBack, match="DR-20"):
        actions.tell_customer(case.key, by=lea, text=ETA, override_reason="The IC said so.")

    (asked,) = actions.ask_for_wording(case.key, by=lea, text=ETA, reason="The IC named the time on the bridge.")
    governance.answer(asked.pk, by=irina, approve=True)

    with pytest.raises(HeldBack):
        actions.tell_customer(case.key, by=lea, text=ETA.replace("14:00", "13:00"))
    message = actions.tell_customer(case.key, by=lea, text=ETA)
    asked.refresh_from_db()
    assert (asked.state, message.lint["approved"]) == ("used", ["L03"])
    assert last(case, "case.lint_set_aside").data["approvals"] == [asked.pk]
    with pytest.raises(HeldBack):
        actions.tell_customer(case.key, by=lea, text=ETA)


def test_a_specialist_can_neither_promise_a_repair_nor_ask_for_it() -> None:
    case = make.case(severity=3)

    with pytest.raises(Refused, match="somebody else"):
        actions.ask_for_wording(case.key, by=cast().sam, text=ETA, reason="They ask for it.")
    with pytest.raises(Forbidden):
        actions.ask_for_wording(case.key, by=cast().noor, text=ETA, reason="They ask for it.")


def test_asking_twice_asks_once() -> None:
    case, lea = make.case(severity=3), cast().lea

    first, second = (actions.ask_for_wording(case.key, by=lea, text=ETA, reason="Named by the IC.") for _ in range(2))

    assert [one.pk for one in first] == [one.pk for one in second]


def test_a_credit_in_a_reply_is_blocked_by_l04_and_the_page_leads_to_the_approval() -> None:
    case, browser = make.case(severity=3), signed_in(cast().lea)
    sent = {"text": "As an apology we will credit you the month.", "override_reason": ""}

    held = browser.post(f"/cases/{case.key}/tell", sent)
    asked = browser.post(
        f"/cases/{case.key}/tell", {**sent, "override_reason": "They lost two days of work.", "ask": "wording"}
    )

    assert held.status_code == 422
    page = held.content.decode()
    assert '<mark class="lint" data-level="block">we will credit' in page
    assert "L04" in page
    assert 'name="ask"' in page
    assert asked.headers["Location"] == f"/governance/approvals/{Approval.objects.get().pk}"
    assert told(case) == []


def test_the_page_keeps_what_was_typed_marks_the_place_and_asks_for_the_reason() -> None:
    case, note = noted()
    browser, address = signed_in(cast().sam), f"/cases/{case.key}/notes/{note.pk}/public"

    opened = browser.get(address).content.decode()
    held = browser.post(address, {"text": f"{NOTE} Edited."})
    sent = browser.post(address, {"text": NOTE, "override_reason": "They know it.", "is_meaningful": "on"})

    assert '<mark class="lint" data-level="block">db-7.eu.prod.internal' in opened
    assert held.status_code == 422
    assert f"{NOTE} Edited." in held.content.decode()
    assert "Why it goes out as it is" in held.content.decode()
    assert (sent.status_code, len(told(case))) == (302, 1)


def test_a_text_is_checked_while_it_is_written_and_nothing_is_kept() -> None:
    case, browser = make.case(severity=3), signed_in(cast().sam)
    before = Event.objects.count()

    bad = browser.post(f"/cases/{case.key}/tell/check", {"text": "We think it is the proxy."}).content.decode()
    good = browser.post(f"/cases/{case.key}/tell/check", {"text": "We read your log."}).content.decode()

    assert '<mark class="lint" data-level="block">We think' in bad
    assert "Nothing to object to" in good
    assert Event.objects.count() == before


def test_the_timeline_offers_the_step_to_who_may_take_it() -> None:
    case, note = noted()
    offer = f"/cases/{case.key}/notes/{note.pk}/public"

    assert offer in signed_in(cast().sam).get(f"/cases/{case.key}").content.decode()
    assert offer not in signed_in(cast().vic).get(f"/cases/{case.key}").content.decode()


def test_the_approved_words_wait_in_the_form() -> None:
    case, lea = make.case(severity=3), cast().lea
    (asked,) = actions.ask_for_wording(case.key, by=lea, text=ETA, reason="Named by the IC.")
    governance.answer(asked.pk, by=cast().irina, approve=True)

    assert ETA in signed_in(lea).get(f"/cases/{case.key}/tell").content.decode()


@pytest.mark.parametrize("greeting", ["Dear Jonas,", "Hallo Jonas,", "Dear Mr Brandt,", "Hi Jonas Brandt,"])
def test_a_customer_is_greeted_by_name(greeting: str) -> None:
    ticket = f"{make.TICKET}\n\nKind regards,\nJonas Brandt"
    case = make.case(severity=3, text=ticket)

    answer = signed_in(cast().sam).post(f"{case.page}/tell", {"text": f"{greeting}\n\nwe read the log.", "token": "x"})

    assert answer.status_code == 302
    assert "Brandt" not in Message.objects.get(case=case, kind="public").text


def test_the_check_says_that_a_text_in_another_language_was_not_judged() -> None:
    case = make.case(severity=3)

    page = (
        signed_in(cast().sam)
        .post(f"{case.page}/tell/check", {"text": "Ihr Anbieter hat das verursacht."})
        .content.decode()
    )

    assert "Not judged: not English" in page
    assert "Change it, or give a reason" in page


def test_whoever_may_not_let_a_time_of_repair_out_reads_who_may_and_who_asks_for_it() -> None:
    case = make.case(severity=3)

    page = signed_in(cast().sam).post(f"{case.page}/tell/check", {"text": ETA}).content.decode()

    assert "or to ask for" not in page
    assert "Change it. Only the SRE or IC may let it stand (DR-20: approve a public time of repair)" in page
