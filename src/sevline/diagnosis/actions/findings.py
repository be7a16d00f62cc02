"""What the checks said about an upload becomes rows of the case; running it twice keeps them once."""

from collections import Counter
from typing import Any

from django.db import transaction

from sevline.diagnosis.events import FindingsKept
from sevline.diagnosis.models import Finding
from sevline.evidence.models import Upload, UploadState
from sevline.platform.events import SYSTEM, record


@transaction.atomic
def keep_findings(upload_id: int) -> int:
    """Keep the findings of the newest run of an available upload; answers how many were kept now."""
    upload = Upload.objects.select_for_update().select_related("case").get(pk=upload_id)
    run = upload.runs.order_by("-number").first()
    if run is None or upload.state != UploadState.AVAILABLE or Finding.objects.filter(upload=upload).exists():
        return 0
    rows = [_row(upload, found) for found in run.findings]
    Finding.objects.bulk_create(rows)
    counts = dict(Counter(row.state for row in rows))
    record(FindingsKept(by=SYSTEM, subject=upload.case.ref, case=upload.case.key, upload=upload.pk, counts=counts))
    return len(rows)


def _row(upload: Upload, found: dict[str, Any]) -> Finding:
    return Finding(
        case=upload.case,
        upload=upload,
        check_id=found["check_id"],
        state=found["state"],
        title=found["title"][:300],
        side=found["side"],
        confidence=found["confidence"],
        evidence=found["evidence"],
        next_step=found["next_step"],
        missing=found["missing"],
        supports=found["supports"],
        refutes=found["refutes"],
        check_version=str(found["version"]),
    )
