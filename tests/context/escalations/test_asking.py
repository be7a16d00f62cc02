"""A packet that asks for nothing goes to nobody, however well it scores; the score itself stays as the table has it."""

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.packet import Verdict
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
NOTHING_ASKED = {"ask": "", "ask_text": "", "needed_because": ""}


def _without_ask(severity: int = 2, texts: dict[str, str] = NOTHING_ASKED) -> Escalation:
    escalation = story.drafted(severity)
    return actions.edit(escalation.key, by=cast().sam, texts=texts)


def test_a_packet_without_an_ask_scores_enough_and_is_not_sent() -> None:
    escalation = _without_ask()
    _, score = selectors.packet(escalation)
    assert score.verdict is Verdict.PASSES

    with pytest.raises(Refused, match="P2: Say what you ask Engineering for"):
        actions.submit(escalation.key, by=cast().sam)


def test_an_override_lifts_the_threshold_and_not_the_missing_ask_of_a_packet_that_reaches_it() -> None:
    escalation = _without_ask()

    with pytest.raises(Refused, match="P2: Say what you ask Engineering for"):
        actions.submit(escalation.key, by=cast().lea, override_reason="The customer waits for it.")


def test_the_page_says_so_in_its_verdict_and_beside_the_button() -> None:
    escalation = _without_ask()

    text = signed_in(cast().sam).get(escalation.page).content.decode()

    assert "Not ready: it asks for nothing" in text
    assert "Ready to send" not in text
    assert 'data-opens="refused"' in text
    assert "P2: Say what you ask Engineering for" in text


def test_a_kind_of_ask_without_its_words_asks_for_nothing_yet() -> None:
    escalation = _without_ask(texts={"ask_text": ""})

    with pytest.raises(Refused, match="its words are missing"):
        actions.submit(escalation.key, by=cast().sam)


def test_a_sev1_goes_and_promises_its_ask() -> None:
    escalation = _without_ask(severity=1)

    sent = actions.submit(escalation.key, by=cast().sam)

    assert sent.status == "submitted"
    assert "P2" in set(sent.deferred.values_list("field", flat=True))


def test_the_form_of_a_return_says_how_to_name_a_missing_ask() -> None:
    escalation = story.sent()

    text = signed_in(cast().ravi).get(f"{escalation.page}return").content.decode()

    assert "such as for a missing ask" in text
    assert "P2 Ask" in text
