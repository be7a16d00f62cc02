"""What a packet's page says after it came back, was changed, sent again and accepted."""

import re

import pytest

from sevline.cases import actions as cases
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from sevline.platform import clock
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _returned() -> Escalation:
    escalation = story.sent()
    with clock.held_at(story.after(50)):
        actions.request_changes(escalation.key, by=cast().ravi, reason_code="R02", note="Which requests?")
    return escalation


def _page(escalation: Escalation, who: str = "sam") -> str:
    return signed_in(getattr(cast(), who)).get(escalation.page).content.decode()


def _credit(text: str, field: str) -> str:
    return str(re.findall(rf'id="{field}-credit">([^<]*)<', text)[0])


def test_the_section_for_which_it_came_back_is_marked_until_it_says_something_else() -> None:
    escalation = _returned()

    before = _page(escalation)
    actions.edit(escalation.key, by=cast().sam, texts={"request_ids": "req-99aa0001"})
    after = _page(escalation)

    assert _credit(before, "P7") == "came back"
    assert "Came back: R02 ids or times are missing. It says the same as the version that came back." in before
    assert _credit(before, "P4") == "full"
    assert _credit(after, "P7") == "full"
    assert "It says the same as the version that came back." not in after


def test_the_heading_says_what_of_the_packet_was_sent() -> None:
    escalation = story.sent()
    sent = _page(escalation)
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "A session starts"})
    changed = _page(escalation)
    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R02", note="Which requests?")

    assert f"{escalation.key}, version 1" in sent
    assert "draft after" not in sent
    assert f"{escalation.key}, changed since version 1" in changed
    assert f"{escalation.key}, draft after version 1" in _page(escalation)


def test_an_accepted_packet_no_longer_shows_the_reason_of_the_answer_before() -> None:
    escalation = _returned()
    with clock.held_at(story.after(60)):
        actions.submit(escalation.key, by=cast().sam, reply="Both requests stand in the ticket, see M-1.")
        again = _page(escalation)
        actions.accept(escalation.key, by=cast().ravi, note="Taken.")
    accepted = _page(escalation)

    assert "Returned by Ravi" in again
    assert "R02 ids or times are missing" in again
    assert "Accepted by Ravi" in accepted
    assert "R02" not in accepted


def test_what_the_engineer_said_stands_first_and_at_the_fields_that_she_named() -> None:
    escalation = story.sent()
    note = "Which of the two gateways logged it?"
    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R08", note=note, asks_for=("P5",))

    text = _page(escalation)

    banner, rest = text[text.index('id="returned"') :].split("</div></div>", 1)
    assert "Ravi" in banner
    assert "R08 evidence cannot be read" in banner
    assert note in banner
    assert '<a href="#P5">P5</a>' in banner
    assert text.index('id="returned"') < text.index('id="P1"')
    assert note in rest[rest.index('id="P5"') : rest.index('id="P6"')]


def test_nothing_says_ready_before_something_was_changed() -> None:
    escalation = _returned()
    before = _page(escalation)
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "A session starts"})
    elsewhere = _page(escalation)
    actions.edit(escalation.key, by=cast().sam, texts={"request_ids": "req-99aa0001"})

    assert _verdict(before) == _verdict(elsewhere) == "It came back, and P7 says the same as then"
    assert _verdict(_page(escalation)) == "Ready to send"


def test_a_packet_that_came_back_without_a_field_waits_for_any_change() -> None:
    escalation = story.sent()
    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R09", note="A name is in it.")
    before = _page(escalation)
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "A session starts"})

    assert _verdict(before) == "It came back, and nothing was changed since"
    assert _verdict(_page(escalation)) == "Ready to send"


def _verdict(text: str) -> str:
    return str(re.findall(r'id="verdict".*?<a href="#gate">([^<]*)</a>', text, re.DOTALL)[0])


def test_a_packet_that_came_back_is_the_next_thing_to_do_and_is_followed_once_it_went_out_again() -> None:
    escalation = story.sent()
    case, sam = escalation.case, cast().sam
    with clock.held_at(story.after(45)):
        cases.set_next_action(case.key, by=sam, text="Triage, answer the customer", due=story.after(60))

        actions.request_changes(escalation.key, by=cast().ravi, reason_code="R02", note="Which request ids?")
        case.refresh_from_db()
        came_back = case.next_action
        actions.edit(escalation.key, by=sam, texts={"request_ids": "req-81f3ab99"})
        actions.submit(escalation.key, by=sam, reply="The ids of the failing requests are there now.")
        case.refresh_from_db()

    assert came_back == f"Mend {escalation.key}, which Engineering sent back, and send it again"
    assert case.next_action == f"Look for Engineering's answer to {escalation.key}, which went out again"


def test_an_unknown_that_was_saved_on_the_card_keeps_what_the_case_knows_of_its_customer() -> None:
    case = story.plain_case()
    unknown = {**story.IMPACT, "tenants": "unknown", "regions": "unknown"}
    cases.set_impact(case.key, by=cast().sam, impact=unknown)
    case.refresh_from_db()

    impact = selectors.facts_of(actions.draft(case.key, by=cast().sam)).impact

    assert impact["accounts"].endswith("; of others nothing is known")
