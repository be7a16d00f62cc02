"""Marks that nobody can see (bidirectional overrides, terminal escapes) are made visible wherever text is shown."""

import pytest
from django.test import Client

from sevline.cases import actions as cases
from sevline.escalations.actions import draft
from sevline.evidence import actions as evidence
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast, signed_in
from tests.flow.test_leaks import pages_of, shown

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
OVERRIDE, ESCAPE = "\u202e", "\x1b[31m"
UNSEEN = f"gpj{OVERRIDE}exe {ESCAPE}red"
LOG = f"2026-11-16T10:00:00Z ERROR {UNSEEN} pool timed out 504\n".encode() * 30
HAR = (
    b'{"log": {"entries": [{"startedDateTime": "2026-11-16T10:00:00Z", "time": 40, "request": {"method": "GET", '
    b'"url": "https://api.example.test/a%b?q=1", "headers": []}, "response": {"status": 500, "headers": [], '
    b'"content": {"size": 2, "text": "%b"}}, "timings": {"send": 1, "wait": 30, "receive": 9}}]}}'
)


def test_no_page_of_a_case_shows_a_mark_that_cannot_be_seen() -> None:
    lea = cast().lea
    case = make.case(severity=2, by=lea, title=f"Sync {UNSEEN}", text=f"Sync fails {UNSEEN} since 10:00 UTC.")
    cases.add_note(case.key, by=lea, text=f"Seen {UNSEEN} again.")
    cases.customer_replied(case.key, by=lea, text=f"Still {UNSEEN}.")
    evidence.attach(case.key, f"report{OVERRIDE}gpj.log", [LOG], by=lea)
    har = HAR.replace(b"%b", UNSEEN.encode("unicode_escape").replace(b"\\x1b", b"\\u001b"))
    evidence.attach(case.key, f"call{OVERRIDE}gpj.har", [har], by=lea)
    worker.drain()
    draft(case.key, by=lea)
    worker.drain()
    client: Client = signed_in(lea)

    pages = {at: shown(client, at) for at in pages_of(case) if not at.endswith(("/download", ".json"))}

    seen = [at for at, body in pages.items() if OVERRIDE.encode() in body or b"\x1b" in body]
    assert len(pages) > 25
    assert seen == []
