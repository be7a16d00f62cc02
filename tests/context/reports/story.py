"""The worked examples of F-03 and F-06, put on record event by event as the product records them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from sevline.cases.events import CaseOpened, CaseResolved, CaseTriaged
from sevline.cases.models import Case
from sevline.diagnosis.events import CauseRecorded
from sevline.escalations.events import (
    ChangesRequested,
    DuplicateNamed,
    EscalationAccepted,
    EscalationAcknowledged,
    EscalationRejected,
    EscalationSubmitted,
    EscalationWithdrawn,
)
from sevline.platform.events import SYSTEM, Happening, Ref, record
from tests import make
from tests.cast import cast

QUARTER = datetime(2026, 4, 1, tzinfo=UTC)
AFTER = datetime(2026, 7, 20, 12, tzinfo=UTC)
HOURS = (1.5, 2, 3, 4, 4.5, 6, 7, 9, 12, 20)
PREVIOUS = (5, 6, 6.5, 6.8, 6.9, 7.1, 7.5, 8, 12, 22)  # a median of 7.00 and a mean above that of HOURS
ANSWERS = ["accepted"] * 31 + ["changes"] * 4 + ["rejected"] + ["duplicate"] * 2 + ["withdrawn"] + ["acknowledged"]


def cases(count: int) -> list[Case]:
    """Bare cases of Sam's team; their events are those that a test records."""
    sample = make.case()
    first = sample.number + 1
    rows = [_copy(sample, first + number) for number in range(count)]
    return list(Case.objects.bulk_create(rows))


def _copy(sample: Case, number: int) -> Case:
    kept = {field.attname: getattr(sample, field.attname) for field in Case._meta.concrete_fields}
    return Case(**{**kept, "id": None, "number": number, "title": f"Worked example {number}"})


@transaction.atomic
def escalations() -> None:
    """Forty packets, one a day from the first of April, answered two hours later."""
    for number, (case, answer) in enumerate(zip(cases(len(ANSWERS)), ANSWERS, strict=True)):
        sent = QUARTER + timedelta(days=number, hours=9)
        about = Ref("escalation", f"ESC-{number + 1}", case.title)
        record(
            EscalationSubmitted(
                by=cast().sam.ref,
                subject=about,
                case=case.key,
                severity=2,
                team="Identity platform",
                version=1,
                points="91",
                packet_sha256="",
            ),
            at=sent,
        )
        record(_answer(answer, about, case.key), at=sent + timedelta(hours=2))


def _answer(answer: str, subject: Ref, case: str) -> Happening:
    by = cast().noor.ref
    made: dict[str, Happening] = {
        "accepted": EscalationAccepted(by=by, subject=subject, case=case),
        "changes": ChangesRequested(by=by, subject=subject, case=case, reason_code="R01", note=""),
        "rejected": EscalationRejected(by=by, subject=subject, case=case, reason_code="R05", note=""),
        "duplicate": DuplicateNamed(by=by, subject=subject, case=case, reason_code="R08", duplicate_of="C-1"),
        "withdrawn": EscalationWithdrawn(by=by, subject=subject, case=case, note=""),
        "acknowledged": EscalationAcknowledged(by=by, subject=subject, case=case),
    }
    return made[answer]


@transaction.atomic
def diagnoses(hours: Sequence[float], start: datetime) -> None:
    """One Sev2 a day, diagnosed after so many hours, resolved after two days."""
    for number, (case, after) in enumerate(zip(cases(len(hours)), hours, strict=True)):
        opened = start + timedelta(days=number, hours=1)
        about: dict[str, Any] = {"by": SYSTEM, "subject": case.ref, "case": case.key}
        record(CaseOpened(**about, title=case.title, team="Integrations", product_area="sso"), at=opened)
        rated = CaseTriaged(**about, severity=2, rule="SEV-R4", version="1", answers={})
        record(rated, at=opened + timedelta(minutes=20))
        cause = CauseRecorded(**about, cause=number + 1, statement="", confidence="probable", items=("E-1",))
        record(cause, at=opened + timedelta(hours=after))
        resolved = CaseResolved(**about, code="fixed", cause="product_defect", summary="")
        record(resolved, at=opened + timedelta(days=2))
