"""A citation into a file written in one line leads to what it cites, and not to a line without end."""

import json
import re

import pytest

from sevline.cases.models import Case
from sevline.evidence import actions
from sevline.evidence.models import Artifact
from sevline.evidence.selectors import cited
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast, signed_in
from tests.evidence import call, har_bytes

pytestmark = pytest.mark.django_db

SECRET = "nwsid=" + "s3cr" + "et" * 8
CALLS = [
    call(200, url="https://api.example.com/v2/catalog", body="x" * 3_000),
    call(
        504,
        method="POST",
        url="https://api.example.com/v2/orders/batch",
        sent={"Cookie": SECRET, "Accept": "application/json"},
        received={"Server": "nginx/1.25.3", "Content-Type": "text/html"},
        body="<h1>504 Gateway Time-out</h1>",
        post='{"orders": 40}',
        millis=30_012,
    ),
]


def in_one_line(document: bytes) -> bytes:
    return json.dumps(json.loads(document), separators=(",", ":")).encode()


def shown(data: bytes, name: str, at: str) -> str:
    case: Case = make.case(severity=2)
    upload = actions.attach(case.key, name, [data], by=cast().sam)
    worker.drain()
    file = Artifact.objects.filter(upload=upload).order_by("pk")[0]
    return str(signed_in(cast().sam).get(f"/evidence/files/{file.pk}", {"at": at}).content.decode())


def marked(page: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>", "", found).removesuffix(" cited").strip()
        for found in re.findall(r"<div data-hit[^>]*>(.*?)</div>", page, re.DOTALL)
    ]


def test_the_cited_call_is_shown_in_its_parts_with_the_value_marked_and_secrets_masked() -> None:
    page = shown(in_one_line(har_bytes(*CALLS)), "import.har", "/log/entries/1/response/status")

    assert "Call 2: POST https://api.example.com/v2/orders/batch, 504" in page
    assert marked(page) == ["status504"]
    assert page.count('id="cited"') == 1
    for part in ("Request headers", "Response headers", "Timings, ms", "Request body", "Response body"):
        assert part in page
    assert "504 Gateway Time-out" in page
    assert SECRET not in page


def test_a_cited_header_and_a_whole_entry_are_marked_where_they_stand() -> None:
    data = in_one_line(har_bytes(*CALLS))

    header = marked(shown(data, "import.har", "/log/entries/1/response/headers/0/value"))
    entry = marked(shown(data, "import.har", "/log/entries/1"))

    assert header == ["Servernginx/1.25.3"]
    assert entry == ["status504"]


def test_a_value_of_another_document_in_one_line_is_shown_with_the_branches_around_it() -> None:
    document = {"items": [{"name": f"pod-{n}", "status": {"phase": "Running", "ready": n != 7}} for n in range(40)]}

    page = shown(json.dumps(document).encode(), "pods.json", "/items/7/status/ready")

    assert "Around /items/7/status/ready" in page
    assert marked(page) == ["readyfalse"]
    assert "pod-39" not in page.partition("The lines as they stand")[0]


def test_a_document_of_readable_lines_is_shown_by_its_lines() -> None:
    page = shown(json.dumps({"a": {"b": 1}}, indent=1).encode(), "small.json", "/a/b")

    assert "Around" not in page
    assert 'data-hit id="cited"' in page


def test_a_call_of_a_recording_too_large_to_be_decoded_whole_is_shown_in_its_parts_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cited, "LARGEST", 1_000)

    page = shown(in_one_line(har_bytes(*CALLS)), "import.har", "/log/entries/1/response/status")

    assert "Call 2: POST https://api.example.com/v2/orders/batch, 504" in page
    assert marked(page) == ["status504"]
