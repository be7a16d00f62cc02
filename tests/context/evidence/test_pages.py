"""What a file says is shown redacted, at the place that proves it, and only to whoever may see the case."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sevline.cases.models import Case
from sevline.evidence import actions
from sevline.evidence.models import Artifact, Item, Pattern, Upload, UploadState
from sevline.evidence.templatetags.evidence import mostly_masked, with_code
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault.models import SealedFile
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.test_upload import files_in_store

pytestmark = pytest.mark.django_db
SECRET = "helena.marsh-4417@brightwater.example"
LINES = [
    f"2026-11-16T10:{minute:02}:{second:02}Z "
    + (f"ERROR pool of {SECRET} timed out after {second} ms" if second % 3 == 0 else f"INFO delivered to {SECRET}")
    for minute in range(10)
    for second in range(60)
]
HAR = {
    "log": {
        "version": "1.2",
        "creator": {"name": "test", "version": "1"},
        "entries": [
            {
                "startedDateTime": f"2026-11-16T10:00:0{n}.000Z",
                "time": 40,
                "request": {"method": "GET", "url": "https://api.example.test/v1/orders", "httpVersion": "HTTP/1.1",
                            "headers": [], "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0},
                "response": {"status": status, "statusText": "", "httpVersion": "HTTP/1.1", "headers": [],
                             "cookies": [], "content": {"size": 0, "mimeType": "application/json"},
                             "redirectURL": "", "headersSize": -1, "bodySize": 0},
                "cache": {}, "timings": {"send": 1, "wait": 38, "receive": 1},
            }
            for n, status in enumerate((200, 502, 502, 502))
        ],
    }
}  # fmt: skip


def attached(case: Case, data: bytes, name: str = "app.log") -> Upload:
    actions.attach(case.key, name, [data], by=cast().sam)
    worker.drain()
    return Upload.objects.filter(case=case).order_by("-number")[0]


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


@pytest.fixture
def log(case: Case) -> Upload:
    return attached(case, "\n".join(LINES).encode())


def page(address: str, who: str = "sam") -> Any:
    return signed_in(getattr(cast(), who)).get(address)


def file_of(upload: Upload) -> Artifact:
    return upload.artifacts.all()[0]


def test_the_tab_lists_the_file_with_its_state_and_its_item_of_the_register(case: Case, log: Upload) -> None:
    text = page(f"/cases/{case.key}/evidence").content.decode()

    assert "app.log" in text
    assert "Available" in text
    assert "E-1" in text
    assert SECRET not in text


def test_the_list_asks_again_only_while_something_waits(case: Case) -> None:
    actions.attach(case.key, "app.log", ["\n".join(LINES).encode()], by=cast().sam)
    address = f"/evidence/cases/{case.key}/uploads/list"

    waiting = signed_in(cast().sam).get(address, headers={"HX-Request": "true"}).content.decode()
    worker.drain()
    final = signed_in(cast().sam).get(address, headers={"HX-Request": "true"}).content.decode()

    assert ("every 2s" in waiting, "In quarantine" in waiting) == (True, True)
    assert ("every 2s" in final, "Available" in final) == (False, True)


def test_the_page_of_a_log_shows_patterns_with_pictures_and_lines(log: Upload) -> None:
    text = page(f"/evidence/uploads/{log.pk}").content.decode()

    assert "Records per minute" in text
    assert text.count('class="spark"') == 2
    assert ">400<" in text
    assert SECRET not in text


def test_a_pattern_leads_to_its_lines(log: Upload) -> None:
    pattern = file_of(log).patterns.all()[1]

    text = page(f"/evidence/uploads/{log.pk}?pattern={pattern.pk}").content.decode()

    assert f"?at={pattern.examples[0][0]}:1#cited" in text


def test_the_viewer_shows_redacted_lines_with_numbers_and_pages(log: Upload) -> None:
    first = page(f"/evidence/files/{file_of(log).pk}").content.decode()
    later = page(f"/evidence/files/{file_of(log).pk}?start=201").content.decode()

    assert ('aria-label="Line 1"' in first, 'aria-label="Line 201"' in first) == (True, False)
    assert ('aria-label="Line 201"' in later, "?start=401" in later) == (True, True)
    assert 'class="redact"' in first
    assert SECRET not in first + later


def test_a_place_is_marked_and_stands_on_the_page(log: Upload) -> None:
    text = page(f"/evidence/files/{file_of(log).pk}?at=333:1").content.decode()

    marked = text.partition("data-hit")[2][:200]
    assert 'aria-label="Line 333"' in marked
    assert 'aria-label="Line 313"' in text


@pytest.mark.parametrize("asked", ["start=99999999999999", "start=-1", "line=x", "at=9e9:1", "start=700"])
def test_a_place_that_does_not_exist_is_no_error(log: Upload, asked: str) -> None:
    assert page(f"/evidence/files/{file_of(log).pk}?{asked}").status_code == 200


@pytest.mark.parametrize("asked", ["x", "0", "99999999"])
def test_a_line_that_the_file_does_not_have_is_said(log: Upload, asked: str) -> None:
    lines = file_of(log).lines

    text = page(f"/evidence/files/{file_of(log).pk}?line={asked}").content.decode()

    assert f"There is no line “{asked}”; the file has {lines:,} lines." in text
    assert "There is no line" not in page(f"/evidence/files/{file_of(log).pk}?line={lines}").content.decode()


def test_every_citation_of_a_recording_leads_to_the_line_that_proves_it(case: Case) -> None:
    upload = attached(case, json.dumps(HAR, indent=1).encode(), "calls.har")
    run = upload.runs.all()[0]
    failed = [found for found in run.findings if found["state"] == "FAIL"]
    cited = failed[0]["evidence"][0]["locator"]

    overview = page(f"/evidence/uploads/{upload.pk}").content.decode()
    place = page(f"/evidence/files/{file_of(upload).pk}", who="sam").content.decode()
    shown = signed_in(cast().sam).get(f"/evidence/files/{file_of(upload).pk}", {"at": cited}).content.decode()

    assert f"/evidence/files/{file_of(upload).pk}?at=" in overview
    assert "data-hit" not in place
    assert "502" in shown.partition("data-hit")[2]


def test_markup_in_a_file_is_text_and_controls_are_seen(case: Case) -> None:
    evil = "2026-11-16T10:00:00Z <script>alert(1)</script> a\u202eb\x1b[31m <svg onload=x>\n" * 3
    upload = attached(case, evil.encode())

    text = page(f"/evidence/files/{file_of(upload).pk}").content.decode()

    assert "<script>alert" not in text
    assert "<svg onload" not in text
    assert "\\u202e" in text
    assert "\\u001b[31m" in text


@pytest.mark.slow
def test_one_very_long_line_is_shown_around_the_place(case: Case) -> None:
    upload = attached(case, ("a" * 50_000 + " needle " + "b" * 50_000).encode(), "long.txt")

    text = page(f"/evidence/files/{file_of(upload).pk}?at=1:50002").content.decode()

    assert "needle" in text
    assert "characters before]" in text
    assert len(text) < 40_000


def test_the_redacted_file_comes_as_a_file_and_never_as_a_page(log: Upload) -> None:
    answer = page(f"/evidence/files/{file_of(log).pk}/download")
    body = b"".join(answer.streaming_content)

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="redacted-app.log"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert (SECRET.encode() in body, body.count(b"\n")) == (False, len(LINES) - 1)
    assert Event.objects.filter(kind="evidence.downloaded").count() == 1


def test_the_report_tells_what_was_redacted_and_never_the_values(log: Upload) -> None:
    answer = page(f"/evidence/uploads/{log.pk}/report.json")

    told = json.loads(answer.content)
    assert sum(told["redactions"]["counts"].values()) == len(LINES)
    assert {"artifacts", "redactions", "patterns", "findings", "missing"} <= set(told)
    assert SECRET not in answer.content.decode()


def test_a_range_of_lines_becomes_an_item_with_its_excerpt(case: Case, log: Upload) -> None:
    sam, file = signed_in(cast().sam), file_of(log)

    answer = sam.post(f"/evidence/files/{file.pk}/cite", {"first": "3", "last": "5", "claim": "The pool is slow"})

    item = Item.objects.get(case=case, number=2)
    assert answer.status_code == 302
    assert (item.locator, item.query, item.claim) == ("3:1", "lines 3 to 5", "The pool is slow")
    assert item.excerpt.count("\n") == 2
    assert SECRET not in item.excerpt


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"first": "1", "last": "90", "claim": "x"}, "at most 60 lines"),
        ({"first": "5", "last": "1", "claim": "x"}, "ends before it begins"),
        ({"first": "100000", "claim": "x"}, "is not among them"),
        ({"first": "1", "claim": ""}, "required"),
    ],
)
def test_a_citation_that_makes_no_sense_is_answered_by_a_sentence(
    log: Upload, given: dict[str, str], sentence: str
) -> None:
    answer = signed_in(cast().sam).post(f"/evidence/files/{file_of(log).pk}/cite", given)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_removed_file_is_gone_from_the_store(
    case: Case, log: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    sam, file = signed_in(cast().sam), file_of(log)

    with django_capture_on_commit_callbacks(execute=True):
        sam.post(f"/evidence/uploads/{log.pk}/remove", {"reason": "It belongs to another customer."})

    log.refresh_from_db()
    assert (log.state, log.reason) == (UploadState.REMOVED, "It belongs to another customer.")
    assert files_in_store() == []
    assert SealedFile.objects.filter(gone_at=None).count() == 0
    assert sam.get(f"/evidence/files/{file.pk}").status_code == 404
    assert "Removed" in sam.get(f"/cases/{case.key}/evidence").content.decode()


def test_nothing_is_removed_without_a_reason(log: Upload) -> None:
    answer = signed_in(cast().sam).post(f"/evidence/uploads/{log.pk}/remove", {"reason": " "})

    assert answer.status_code == 422
    assert Upload.objects.get(pk=log.pk).state == UploadState.AVAILABLE


def test_a_stranger_meets_the_same_404_as_for_a_file_that_does_not_exist(case: Case, log: Upload) -> None:
    file = file_of(log)
    eve = signed_in(cast().eve)
    addresses = [
        f"/cases/{case.key}/evidence", f"/evidence/cases/{case.key}/uploads/list", f"/evidence/uploads/{log.pk}",
        f"/evidence/uploads/{log.pk}/report.json", f"/evidence/uploads/{log.pk}/remove", f"/evidence/files/{file.pk}",
        f"/evidence/files/{file.pk}/download",
    ]  # fmt: skip

    found = {address: eve.get(address).status_code for address in addresses}

    assert set(found.values()) == {404}
    assert eve.post(f"/evidence/files/{file.pk}/cite", {"first": 1, "claim": "x"}).status_code == 404
    assert eve.get("/evidence/uploads/99999").content == eve.get(f"/evidence/uploads/{log.pk}").content


def test_a_viewer_is_told_that_evidence_is_not_theirs_to_see(case: Case, log: Upload) -> None:
    cast().vic.teams.add(case.team)

    tab, file = page(f"/cases/{case.key}/evidence", "vic"), page(f"/evidence/uploads/{log.pk}", "vic")

    assert tab.status_code == 403
    assert "see redacted evidence" in tab.content.decode()
    assert "app.log" not in tab.content.decode()
    assert file.status_code == 403


def test_that_somebody_looked_is_kept_once_an_hour(log: Upload) -> None:
    for _ in range(3):
        page(f"/evidence/uploads/{log.pk}")

    assert Event.objects.filter(kind="evidence.viewed").count() == 1


def test_a_binary_named_log_is_refused_with_a_sentence(case: Case) -> None:
    upload = attached(case, bytes(range(256)) * 40, "app.log")

    text = page(f"/evidence/uploads/{upload.pk}").content.decode()

    assert upload.state == UploadState.REFUSED
    assert "Nothing of this file is shown" in text
    assert "not looked at" in text


def test_a_log_with_errors_says_in_the_list_how_many_and_in_how_many_patterns(case: Case, log: Upload) -> None:
    attached(case, "\n".join(line for line in LINES if "INFO" in line).encode(), "quiet.log")

    text = page(f"/cases/{case.key}/evidence").content.decode()

    assert text.count("200 errors in 1 pattern") == text.count("in 1 pattern") == 1


def test_an_error_pattern_leads_to_a_hypothesis_of_it(case: Case, log: Upload) -> None:
    loud = Pattern.objects.get(artifact__upload=log, level="ERROR")
    quiet = Pattern.objects.get(artifact__upload=log, level="INFO")
    way = f"/cases/{case.key}/diagnosis/hypothesis?pattern={loud.pk}"

    shown = [
        page(f"/evidence/uploads/{log.pk}?pattern={loud.pk}").content.decode(),
        page(f"/evidence/uploads/{log.pk}/patterns?pattern={loud.pk}").content.decode(),
    ]
    without = page(f"/evidence/uploads/{log.pk}/patterns?pattern={quiet.pk}").content.decode()
    form = page(way).content.decode()

    assert [way in text for text in shown] == [True, True]
    assert "diagnosis/hypothesis?pattern" not in without
    assert "200 ERROR records since 2026-11-16T10:00:00Z: pool of" in form


def test_a_pattern_of_a_case_that_is_not_this_one_starts_no_hypothesis(case: Case, log: Upload) -> None:
    loud = Pattern.objects.get(artifact__upload=log, level="ERROR")
    other = make.case(severity=2)

    form = page(f"/cases/{other.key}/diagnosis/hypothesis?pattern={loud.pk}")

    assert (form.status_code, "ERROR records" in form.content.decode()) == (200, False)


@pytest.mark.slow
def test_the_tab_asks_the_database_as_often_for_many_files_as_for_one(
    case: Case, django_assert_num_queries: Any, log: Upload
) -> None:
    sam = signed_in(cast().sam)
    sam.get(f"/cases/{case.key}/evidence")
    with CaptureQueriesContext(connection) as one:
        sam.get(f"/cases/{case.key}/evidence")
    for number in range(5):
        attached(case, f"{LINES[number]}\n{LINES[0]}\n".encode(), f"more-{number}.log")

    with django_assert_num_queries(len(one)):
        sam.get(f"/cases/{case.key}/evidence")


def test_what_is_masked_is_said_at_a_glance_in_the_list_on_the_file_and_on_its_piece_of_evidence(
    case: Case, log: Upload
) -> None:
    run = log.runs.get()
    masked = f"masked, {sum(run.counts.values())} value"

    assert sum(run.counts.values()) > 0
    for address in (f"{case.page}/evidence", f"/evidence/uploads/{log.pk}", f"{case.page}/evidence/E-1"):
        assert masked in page(address).content.decode()


def test_a_whole_file_that_is_cited_shows_how_it_begins(case: Case, log: Upload) -> None:
    text = page(f"{case.page}/evidence/E-1").content.decode()

    assert "How it begins" in text
    assert 'class="ln">1<' in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bearer <JWT-HS256-76B-2e5c1581b75ec350>", "masked, 1 value"),
        ("<COOKIE-cbe5d7ee98768bbd>; <COOKIE-cbe5d7ee98768bbe>", "masked, 2 values"),
        ("the key <STRIPE-KEY-0b865ed3d95b2eef> was sent with the second call of the client", ""),
        ("429", ""),
    ],
)
def test_a_quote_of_which_nothing_but_masks_is_left_says_so(text: str, said: str) -> None:
    assert mostly_masked(text) == said


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Run `kubectl get pods` where it fails.", "Run <code>kubectl get pods</code> where it fails."),
        ("`<img src=x onerror=alert(1)>`", "<code>&lt;img src=x onerror=alert(1)&gt;</code>"),
        ("a lone ` and <b>", "a lone ` and &lt;b&gt;"),
    ],
)
def test_a_command_in_an_advice_stands_as_code_and_nothing_in_it_acts(text: str, html: str) -> None:
    assert with_code(text) == html
