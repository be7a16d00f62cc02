"""What lies in the files and in the environment of a case is not asked for again."""

import json

import pytest

from sevline.cases.models import Case
from sevline.evidence import actions as evidence
from sevline.evidence.models import Upload
from sevline.platform.jobs import worker
from sevline.web import checklist
from tests import make
from tests.cast import cast, signed_in
from tests.evidence import call

pytestmark = pytest.mark.django_db

LIMITS = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "0", "Retry-After": "30"}
STARS = {"api_429.limits", "api_429.retries", "api_429.window"}
CURL = """* Connected to api.example.com (192.0.2.10) port 443
> GET /v1/orders HTTP/1.1
> Host: api.example.com
>
< HTTP/1.1 429 Too Many Requests
< Retry-After: 30
<
"""


def _case() -> Case:
    case = make.case(severity=2)
    Case.objects.filter(pk=case.pk).update(issue_type="api_429")
    case.refresh_from_db()
    return case


def _attach_recording(case: Case) -> None:
    entries = [call(), *(call(429, after=after, received=LIMITS) for after in (1, 3, 5))]
    har = {"log": {"version": "1.2", "creator": {"name": "t", "version": "1"}, "entries": entries}}
    evidence.attach(case.key, "orders.har", [json.dumps(har).encode()], by=cast().sam)
    worker.drain()


def _missing(case: Case) -> set[str]:
    measured = checklist.of_case(case)
    return {item.key for item in measured.missing} if measured else set()


def test_a_recording_with_limit_headers_and_retries_fills_what_is_asked_for_a_429() -> None:
    case = _case()
    before = _missing(case)
    _attach_recording(case)

    assert before >= STARS
    assert not _missing(case) & STARS
    page = signed_in(cast().sam).get(f"{case.page}/ask").content.decode()
    assert "Your request rate and the limit headers" not in page
    assert "How your client retries" not in page


def test_a_file_does_not_ask_for_what_lies_beside_it() -> None:
    case = _case()
    evidence.attach(case.key, "curl.txt", [CURL.encode()], by=cast().sam)
    worker.drain()
    address, sam = f"/evidence/uploads/{Upload.objects.get().pk}", signed_in(cast().sam)
    alone = sam.get(address).content.decode()
    _attach_recording(case)
    beside = sam.get(address).content.decode()

    assert "<b>A HAR file</b>" in alone
    assert "<b>A HAR file</b>" not in beside
    assert "Other files of this case hold a HAR file" in beside


def test_what_others_attached_to_another_case_counts_for_none() -> None:
    case = _case()
    _attach_recording(_case())

    assert _missing(case) >= STARS


def test_of_a_known_environment_only_the_version_is_asked_for() -> None:
    case = _case()
    place = make.environment()
    type(place).objects.filter(pk=place.pk).update(version="")
    Case.objects.filter(pk=case.pk).update(environment=place)

    sam = signed_in(cast().sam)

    assert "The version that you run" in sam.get(f"{case.page}/ask").content.decode()
    assert "Your tenant, environment and version" not in sam.get(f"{case.page}/ask").content.decode()
    assert "The version that you run" in sam.get(case.page).content.decode()
