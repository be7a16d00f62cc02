"""Small words of a packet and its case: the ask in sentences, edits as one line, and what the impact card knows."""

import pytest

from sevline.cases import actions as cases
from sevline.core import packet as core
from sevline.escalations import actions, selectors
from sevline.people.models import Notice
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db


def test_the_time_by_which_it_is_needed_begins_a_sentence_of_its_own() -> None:
    escalation = story.drafted()
    actions.edit(escalation.key, by=cast().sam, texts={"ask_text": "Raise the pool and release it"})

    escalation.refresh_from_db()

    assert "release it. Needed by 2026-" in core.draft(selectors.facts_of(escalation)).texts["p2"]


def test_edits_of_a_packet_in_a_row_are_one_line_of_the_timeline() -> None:
    escalation = story.drafted()
    for n in range(5):
        actions.edit(escalation.key, by=cast().sam, texts={"expected": f"A session starts within {n} s"})

    text = signed_in(cast().sam).get(escalation.case.page).content.decode()

    assert text.count(f"edited {escalation.key}") + text.count("edits since") == 2
    assert "(6 edits since" in text


def test_the_notice_of_a_packet_that_was_sent_again_says_so() -> None:
    escalation = story.sent()
    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R02", note="Which requests?")
    actions.submit(escalation.key, by=cast().sam, reply="Both requests stand in the ticket.")
    worker.drain()

    told = list(Notice.objects.filter(person=cast().ravi).order_by("pk").values_list("text", flat=True))

    assert told[0].startswith(f"{escalation.key} has arrived:")
    assert told[-1].startswith(f"{escalation.key} came again, version 2:")


def test_a_card_on_which_nobody_said_anything_is_not_written_and_says_what_is_known() -> None:
    case = make.case(severity=2)
    cases.classify(
        case.key, by=cast().sam, issue_type="saml", product_area=make.product_area(), account=make.account(),
        environment=make.environment(),
    )  # fmt: skip
    untouched = signed_in(cast().sam).get(case.page).content.decode()
    cases.set_impact(case.key, by=cast().sam, impact={})
    saved = signed_in(cast().sam).get(case.page).content.decode()

    assert "nobody has said that its unknowns are unknown" in untouched
    assert f"{make.account().name} for one" in untouched
    assert "The impact card is written, unknowns named." in saved


def test_a_known_customer_is_no_unknown_account_in_p4() -> None:
    case = make.case(severity=2)
    cases.classify(
        case.key, by=cast().sam, issue_type="saml", product_area=make.product_area(), account=make.account(),
        environment=make.environment(),
    )  # fmt: skip

    p4 = core.draft(selectors.facts_of(actions.draft(case.key, by=cast().sam))).texts["p4"]

    assert f"Accounts: {make.account().name}; of others nothing is known" in p4
    assert "Accounts: unknown" not in p4


def test_messages_are_counted_by_case_so_that_the_ticket_is_the_first() -> None:
    make.case()
    escalation = story.drafted()

    facts = selectors.facts_of(escalation)

    assert facts.sources["p4"] == ("M-1",)
    assert facts.sources["p7.error"] == ("M-1",)
    assert next(item for item in facts.evidence if item.id == "M-1").claim == "What the customer reported"
