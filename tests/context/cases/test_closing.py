"""Resolving a case says what the customer heard of it: a promise ends by a message, never by itself."""

from datetime import datetime, timedelta

import pytest

from sevline.cases import actions
from sevline.cases.actions import HeldBack
from sevline.cases.models import Case, Message
from sevline.core.lifecycle import Refused
from sevline.platform import clock
from sevline.platform.models import Event
from sevline.service_levels import selectors as clocks
from sevline.service_levels.models import Clock
from sevline.web.selectors import promises
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
AT = make.MONDAY
RESOLVED = {"code": "answered", "cause": "usage", "summary": make.SUMMARY}
GOODBYE = "Your users can sign in again since 10:18 UTC. We are sorry for the disruption."


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def promised(severity: int = 2) -> Case:
    """A case whose customer was told after five minutes, and promised an update after forty."""
    case = make.case(severity=severity, at=AT)
    with clock.held_at(after(5)):
        actions.tell_customer(
            case.key, by=cast().sam, text="We are sorry for the disruption. We read the log.", next_update_at=after(40)
        )
    return case


def resolve(case: Case, closing_message: str = "") -> Case:
    with clock.held_at(after(18)):
        return actions.resolve(
            case.key,
            by=cast().sam,
            code="answered",
            cause="usage",
            summary=make.SUMMARY,
            closing_message=closing_message,
        )


def next_update(case: Case) -> Clock:
    return Clock.objects.filter(case_key=case.key, metric="next_update").latest("cycle")


def shown(case: Case, minute: int) -> dict[str, str]:
    return {view.metric: view.state for view in clocks.clock_strip(cast().sam, case.key, at=after(minute))}


def test_an_update_that_was_promised_stays_promised_when_the_case_is_resolved_without_a_word() -> None:
    case = promised()

    resolve(case)

    case.refresh_from_db()
    running = next_update(case)
    assert (running.state, running.stopped_at, running.due_at) == ("running", None, after(40))
    assert [one.case.key for one in promises(cast().sam)] == [case.key]
    assert (case.next_action, case.next_action_due) == (
        "Tell the customer how the case was resolved: they were promised an update",
        after(40),
    )


def test_the_promise_is_kept_by_a_message_on_the_resolved_case_and_begins_no_other() -> None:
    case = promised()
    resolve(case)

    with clock.held_at(after(25)):
        actions.tell_customer(case.key, by=cast().sam, text=GOODBYE)

    case.refresh_from_db()
    kept = next_update(case)
    assert (kept.cycle, kept.state, kept.stopped_at) == (2, "met", after(25))
    assert promises(cast().sam) == []
    assert case.next_action == "Close the case when the customer agrees, or open it again"


def test_a_promise_that_nobody_kept_after_the_resolution_is_missed() -> None:
    case = promised()

    resolve(case)

    assert shown(case, 41)["next_update"] == "breached"


def test_the_closing_message_is_recorded_with_the_resolution() -> None:
    case = promised()

    resolve(case, closing_message=GOODBYE)

    kinds = list(Event.objects.filter(case_key=case.key).order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["case.resolved", "case.customer_told"]
    assert Message.objects.filter(case=case, kind="public").latest("id").text == GOODBYE
    assert (next_update(case).state, next_update(case).stopped_at) == ("met", after(18))


def test_a_closing_message_that_is_held_back_resolves_nothing() -> None:
    case = promised()

    with pytest.raises(HeldBack, match="L04"):
        resolve(case, closing_message="We guarantee that this comes back never.")

    case.refresh_from_db()
    assert case.status == "open"


def test_the_closing_message_is_the_first_response_where_nobody_answered_before() -> None:
    case = make.case(severity=2, at=AT)
    with clock.held_at(after(10)):
        actions.customer_replied(case.key, by=cast().sam, text="Is anybody there?")

    resolve(case, closing_message=GOODBYE)

    states = shown(case, 20)
    assert (states["first_response"], states["next_response"]) == ("met", "met")


def test_a_case_that_is_resolved_without_a_word_still_owes_the_first_response_and_misses_it() -> None:
    case = make.case(severity=2, at=AT)
    resolve(case)
    with clock.held_at(after(19)):
        actions.reopen(case.key, by=cast().sam, reason="The customer was not told")

    assert shown(case, 119)["first_response"] == "soon"
    assert shown(case, 121)["first_response"] == "breached"


def test_closing_a_case_for_good_ends_the_first_response_that_nobody_gave() -> None:
    case = make.case(severity=2, at=AT)
    resolve(case)
    with clock.held_at(after(20)):
        actions.close(case.key, by=cast().sam)

    assert shown(case, 500)["first_response"] == "ended"


def test_the_form_says_that_the_customer_was_not_answered_yet() -> None:
    case = make.case(severity=2)

    page = signed_in(cast().sam).get(f"{case.page}/resolve").content.decode()

    assert "Nobody has answered the customer yet: left empty, the first response stays open." in page


def test_clocks_that_the_resolution_ended_without_a_word_to_the_customer_are_not_met() -> None:
    case = make.case(severity=2, at=AT)

    resolve(case)

    states = shown(case, 20)
    assert (states["first_response"], states["next_update"], states["triage"]) == ("running", "ended", "met")
    assert (states["restore"], states["resolve"]) == ("met", "met")
    assert next_update(case).state == "cancelled"


def test_the_page_says_that_such_a_clock_ended() -> None:
    case = make.case(severity=2)
    actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    page = signed_in(cast().sam).get(case.page).content.decode()

    assert 'data-clock="ended"' in page
    assert "The case was resolved." in page


def test_opening_a_case_again_keeps_its_promise_and_gives_the_clocks_the_reason_of_the_person() -> None:
    case = promised()
    resolve(case)

    with clock.held_at(after(20)):
        actions.reopen(case.key, by=cast().sam, reason="The customer was not told")

    case.refresh_from_db()
    strip = {view.metric: view for view in clocks.clock_strip(cast().sam, case.key, at=after(21))}
    assert case.next_update_at == after(40)
    assert strip["next_update"].due_at == after(40)
    assert strip["resolve"].reason == "The case was opened again: The customer was not told"


def test_the_form_asks_what_the_customer_is_told_and_names_what_they_were_promised() -> None:
    case = make.case(severity=3)
    due = clock.now() + timedelta(hours=3)
    actions.tell_customer(case.key, by=cast().sam, text="We read the log.", next_update_at=due)

    page = signed_in(cast().sam).get(f"{case.page}/resolve").content.decode()

    assert "What the customer is told of it" in page
    assert (
        f"They were promised an update by {due.day} {due:%b %Y %H:%M} UTC. Left empty, that promise stays open." in page
    )


def test_the_form_marks_what_keeps_the_closing_message_back_and_keeps_what_was_typed() -> None:
    case = make.case(severity=3)
    form = {**RESOLVED, "closing_message": "We guarantee that it never happens again.", "seen_version": case.version}

    answer = signed_in(cast().sam).post(f"{case.page}/resolve", form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It does not go out like this" in page
    assert make.SUMMARY in page


def test_the_page_of_a_resolved_case_lets_one_tell_the_customer() -> None:
    case = make.resolved()
    sam = signed_in(cast().sam)

    answer = sam.post(f"{case.page}/tell", {"text": GOODBYE, "is_meaningful": "on", "token": "once"})

    assert "Record as told to the customer" in sam.get(case.page).content.decode()
    assert answer.status_code == 302
    assert Message.objects.filter(case=case, kind="public").latest("id").text == GOODBYE


def test_a_closed_case_takes_no_message_and_owes_none() -> None:
    case = promised()
    resolve(case)
    with clock.held_at(after(20)):
        actions.close(case.key, by=cast().sam)

    with pytest.raises(Refused, match="nothing more is recorded as told"):
        actions.tell_customer(case.key, by=cast().sam, text=GOODBYE)

    assert promises(cast().sam) == []
    assert shown(case, 50)["next_update"] == "ended"
