"""What stands in the evidence of a packet: a cited value in its call or its line, and the answer of a recorded call."""

import pytest

from sevline.cases.models import Case
from sevline.escalations import actions, selectors
from sevline.evidence import actions as evidence
from sevline.evidence.models import Artifact
from sevline.platform import clock
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story
from tests.evidence import call, har_bytes

pytestmark = pytest.mark.django_db
URL = "https://api.example.com/v2/orders"
CURL = "\n".join(
    [
        *(f"* step {n} of the handshake" for n in range(12)),
        "> GET /v2/orders HTTP/1.1",
        "> Host: api.example.com",
        ">",
        "< HTTP/1.1 429 Too Many Requests",
        "< retry-after: 30",
        "<",
        '{"error": "quota_reached"}',
        "",
    ]
)


def _file(name: str, content: bytes) -> Artifact:
    case = make.case(severity=2, at=story.AT)
    with clock.held_at(story.after(10)):
        evidence.attach(case.key, name, [content], by=cast().sam)
        worker.drain()
    return Artifact.objects.filter(upload__case=case).exclude(sealed_id=None)[0]


def _excerpts(case: Case) -> dict[str, str]:
    facts = selectors.facts_of(actions.draft(case.key, by=cast().sam))
    return {item.id: item.excerpt for item in facts.evidence}


def test_a_status_that_is_cited_alone_stands_in_its_call() -> None:
    file = _file("orders.har", har_bytes(call(429, method="POST", url=URL, received={"Retry-After": "30"})))
    cited = evidence.cite(file.pk, "/log/entries/0/response/status", "The API refuses", by=cast().sam, excerpt="429")

    excerpt = _excerpts(file.upload.case)[cited.key]

    assert f"POST {URL} HTTP 429" in excerpt
    assert "retry-after: 30" in excerpt


def test_a_word_that_is_cited_alone_stands_in_its_line() -> None:
    line = "2026-11-16T09:42:03Z ERROR gateway upstream answered 504, pool exhausted"
    file = _file("gateway.log", f"2026-11-16T09:40:00Z INFO started\n{line}\n".encode())
    cited = evidence.cite(file.pk, "2:45", "The pool", by=cast().sam, excerpt="pool exhausted")

    assert _excerpts(file.upload.case)[cited.key] == line


def test_of_a_recorded_curl_the_question_and_the_answer_are_shown_and_not_the_handshake() -> None:
    file = _file("call.txt", CURL.encode())

    excerpt = _excerpts(file.upload.case)["E-1"]

    assert "> GET /v2/orders HTTP/1.1" in excerpt
    assert "< HTTP/1.1 429 Too Many Requests" in excerpt
    assert "retry-after: 30" in excerpt
    assert "handshake" not in excerpt


def test_a_row_that_earns_half_says_what_it_lacks() -> None:
    case = make.case(severity=2, at=story.AT)
    evidence.cite_answer(
        case.key, "Nine orders are stuck", by=cast().sam, source="orders database", query="", excerpt="9", sha256="0"
    )
    escalation = actions.draft(case.key, by=cast().sam)

    text = signed_in(cast().sam).get(escalation.page).content.decode()

    assert "lacks: window" in text
