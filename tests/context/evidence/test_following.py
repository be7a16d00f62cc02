"""One request through the logs of a case, and patterns by what their records name."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from sevline.evidence.models import Pattern, Upload
from tests import make
from tests.context.evidence.test_pages import attached, page

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
CALLS = (  # service, seconds by its own clock, span, parent, level
    ("gateway", 0.0, "a1", "", "info"),
    ("orders", 0.1, "b1", "a1", "info"),
    ("payments", -1.7, "c1", "b1", "error"),
    ("ledger", 0.3, "d1", "c1", "info"),
)


def log(service: str, seconds: float, span: str, parent: str, level: str) -> bytes:
    """Ten requests of one service; the third is the one that is looked for."""
    lines = [
        {
            "time": (START + timedelta(seconds=seconds + number)).isoformat(),
            "level": level if number == 2 else "info",
            "service": service,
            "msg": f"{service} handled request {number}",
            "request_id": f"req-77{number}",
            "span_id": f"{span}{number}",
            "parent_id": f"{parent}{number}" if parent else "",
        }
        for number in range(10)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


@pytest.mark.slow
@pytest.mark.requirement("R-068")
def test_a_request_is_followed_through_four_uploads_causes_first_with_the_failing_hop() -> None:
    case = make.case(severity=2)
    for call in reversed(CALLS):
        attached(case, log(*call), f"{call[0]}.log")

    text = page(f"/evidence/cases/{case.key}/request?id=req-772").content.decode()
    found = [text.index(f"<h3>{service}") for service, *_ in CALLS]

    assert "4 services, causes first" in text
    assert found == sorted(found)
    assert "<strong>payments</strong> is the hop that fails" in text
    assert "The clock of payments is at least 1.8 s behind its caller" in text
    assert "?at=3:1#cited" in text
    assert "request 3" not in text


def test_an_id_that_no_record_names_is_said_and_one_of_two_signs_is_not_looked_for() -> None:
    case = make.case(severity=2)
    attached(case, log(*CALLS[0]), "gateway.log")

    assert "No record names this id" in page(f"/evidence/cases/{case.key}/request?id=nobody").content.decode()
    assert "too short for an id" in page(f"/evidence/cases/{case.key}/request?id=a1").content.decode()


def test_the_lines_of_a_pattern_lead_to_the_requests_that_they_name() -> None:
    case = make.case(severity=2)
    upload = attached(case, log(*CALLS[2]), "payments.log")
    pattern = Pattern.objects.filter(artifact__upload=upload).latest("pk")

    text = page(f"/evidence/uploads/{upload.pk}/patterns?pattern={pattern.pk}").content.decode()

    assert f"/evidence/cases/{case.key}/request?id=req-77" in text


def by_tenant() -> Upload:
    """Forty records, every fourth an error of tenant acme; the others are of three tenants; five name none."""
    lines = [
        {
            "time": (START + timedelta(seconds=number)).isoformat(),
            "level": "error" if number % 4 == 0 else "info",
            "msg": "payment was refused by the bank" if number % 4 == 0 else "payment was taken",
            "tenant": "acme" if number % 4 == 0 else ("acme", "globex", "initech")[number % 3],
        }
        for number in range(40)
    ]
    lines += [{"time": START.isoformat(), "level": "info", "msg": "payment was taken"} for _ in range(5)]
    return attached(make.case(severity=2), "".join(json.dumps(line) + "\n" for line in lines).encode(), "pay.log")


def test_records_are_counted_by_the_tenant_that_they_name_and_one_tenant_filters_the_patterns() -> None:
    upload = by_tenant()
    address = f"/evidence/uploads/{upload.pk}/patterns"

    shares = {pattern.level: pattern.shares["tenant"] for pattern in Pattern.objects.filter(artifact__upload=upload)}
    grouped = page(f"{address}?group=tenant").content.decode()

    assert shares == {"ERROR": {"acme": 10}, "INFO": {"acme": 10, "globex": 10, "initech": 10}}
    assert "named=tenant%3Dacme" in grouped
    assert "names none" in grouped
    assert "touch 3 of the 3 tenants that the log names (100%)" in grouped
    assert "touch 1 of the 3 tenants" in page(f"{address}?group=tenant&level=ERROR").content.decode()
    assert "1 to 2 of 2" in page(f"{address}?named=tenant%3Dacme").content.decode()
    assert "1 to 1 of 1" in page(f"{address}?named=tenant%3Dglobex").content.decode()
