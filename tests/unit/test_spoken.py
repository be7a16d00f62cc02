"""What a ticket speaks of decides what is asked for first."""

import pytest

from sevline.bench.report import RENDERERS, Format
from sevline.core.extraction.spoken import topics_of
from tests.unit.bench.examining import examined


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Our users cannot log in, SSO is broken", "SAML"),
        ("the API returns 429 Too Many Requests", "API"),
        ("webhooks stopped this morning", "WH"),
        ("the numbers differ between CRM and app", "SYNC"),
        ("everything is slow since Monday", "PERF"),
        ("pods are in CrashLoopBackOff", "K8S"),
        ("invoice 4711 was charged twice", "BILL"),
    ],
)
def test_what_customers_say_names_a_topic(text: str, topic: str) -> None:
    assert topic in topics_of(text)


def test_a_text_about_nothing_names_none() -> None:
    assert topics_of("It does not work. Please help. Regards") == frozenset()


def test_the_report_on_a_ticket_asks_for_what_its_words_are_about() -> None:
    examination, _ = examined(("ticket.txt", b"Hello, webhooks stopped this morning. Please help."))

    text = RENDERERS[Format.TEXT](examination)
    missing = text[text.index("Missing") :].splitlines()
    assert examination.topics == ("WH",)
    assert "webhook delivery log" in missing[1]
    assert missing[-1].startswith("  Topics that nothing here speaks of: ")
