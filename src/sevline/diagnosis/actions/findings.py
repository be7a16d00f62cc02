"""What the checks said about an upload becomes rows of the case, and rows of its evidence register."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from sevline.cases.actions.working import locked_open
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.redaction.pseudonym import fitting
from sevline.core.rights import Right, require
from sevline.diagnosis.events import FindingsKept
from sevline.diagnosis.models import Finding
from sevline.evidence.actions import cite
from sevline.evidence.models import Artifact, Item, Upload, UploadState
from sevline.people.models import Person
from sevline.platform.events import SYSTEM, record
from sevline.vault import actions as vault

TITLE_MAX = 300


@transaction.atomic
def keep_findings(upload_id: int) -> int:
    """Keep the findings of the newest run of an available upload; answers how many were kept, 0 the second time."""
    upload = Upload.objects.select_for_update().select_related("case").get(pk=upload_id)
    run = upload.runs.order_by("-number").first()
    if run is None or upload.state != UploadState.AVAILABLE:
        return 0
    rows = [finding_of(upload.case, upload.pk, found) for found in run.findings]
    if (kept := Finding.objects.filter(upload=upload)).exists():
        replace_findings(kept.filter(together=None), rows if kept.filter(together=None).exists() else [])
        _mask_again(kept.exclude(together=None), upload.case.key)
        return 0
    if not rows:
        return 0
    Finding.objects.bulk_create(rows)
    counts = dict(Counter(row.state for row in rows))
    record(FindingsKept(by=SYSTEM, subject=upload.case.ref, case=upload.case.key, upload=upload.pk, counts=counts))
    return len(rows)


def _mask_again(kept: Iterable[Finding], case_key: str) -> None:
    """The file was redacted again, so what findings over several files quote is, too, until they are read again."""
    for finding in kept:
        finding.title = fitting(vault.redact_again(case_key, finding.title), TITLE_MAX)
        finding.evidence = vault.redact_again(case_key, finding.evidence)
        finding.save(update_fields=["title", "evidence"])


def finding_of(case: Case, upload_id: int, found: dict[str, Any]) -> Finding:
    """A row, not saved yet, of a finding in the shape of `core.finding`."""
    return Finding(
        case=case,
        upload_id=upload_id,
        check_id=found["check_id"],
        state=found["state"],
        title=fitting(found["title"], TITLE_MAX),
        side=found["side"],
        confidence=found["confidence"],
        evidence=found["evidence"],
        next_step=found["next_step"],
        missing=found["missing"],
        supports=found["supports"],
        refutes=found["refutes"],
        check_version=str(found["version"]),
    )


def _identity(row: Finding) -> tuple[Any, ...]:
    """The same check about the same places is the same finding, whatever it says now."""
    places = tuple((place.get("upload", row.upload_id), place["artifact"], place["locator"]) for place in row.evidence)
    return row.check_id, row.upload_id, places


KEPT = (
    "state", "title", "side", "confidence", "evidence", "next_step", "missing", "supports", "refutes",
    "check_version", "together",
)  # fmt: skip


def replace_findings(before: QuerySet[Finding], rows: Sequence[Finding]) -> None:
    """Rows that are about the same places keep their id and their evidence item, so that what names them still does."""
    known: dict[tuple[Any, ...], list[Finding]] = {}
    for row in before.order_by("-id"):
        known.setdefault(_identity(row), []).append(row)
    fresh, told = [], []
    for row in rows:
        if same := known.get(_identity(row)):
            one = same.pop()
            for name in KEPT:
                setattr(one, name, getattr(row, name))
            told.append(one)
        else:
            fresh.append(row)
    gone = [row.pk for rest in known.values() for row in rest]
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_update(told, KEPT, batch_size=200)
    Finding.objects.bulk_create(fresh, batch_size=200)


@transaction.atomic
def use_as_evidence(case_key: str, finding_id: int, *, by: Person, claim: str = "") -> Item:
    """Put the place that a finding cites first into the evidence register; asked again, it answers the same row."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    finding = Finding.objects.filter(case=case, pk=finding_id).select_related("item").first()
    if finding is None:
        raise Refused("There is no such finding.")
    if finding.item is not None and finding.item.withdrawn_at is None:
        return finding.item
    place = next(iter(finding.evidence), None)
    if place is None:
        raise Refused("This finding cites no place, so there is nothing to put into the evidence register.")
    home = place.get("upload", finding.upload_id)
    artifact = Artifact.objects.filter(upload=home, key=place["artifact"]).order_by("-run__number").first()
    if artifact is None:
        raise Refused("The file that this finding cites is gone.")
    finding.item = cite(
        artifact.pk,
        place["locator"],
        claim.strip() or finding.title,
        by=by,
        excerpt=_excerpt(place),
        query=finding.check_id,
    )
    finding.save(update_fields=["item"])
    return finding.item


def _excerpt(place: Mapping[str, str]) -> str:
    """The excerpt, and what was seen and expected where the check says so."""
    parts = (
        place["excerpt"],
        f"observed: {place['observed']}" if place["observed"] else "",
        f"expected: {place['expected']}" if place["expected"] else "",
    )
    return "\n".join(part for part in parts if part)
