"""What is read about evidence; the person comes first in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Prefetch, QuerySet

from sevline.cases.models import Case
from sevline.evidence.models import Artifact, Item, Upload, UploadState
from sevline.people.models import Person
from sevline.platform.models import Job
from sevline.vault import actions as vault

PAGE_LINES = 200
LONGEST_LINE = 4000


def uploads(person: Person, case: Case) -> QuerySet[Upload]:
    """The uploads of a case that a person may know of, with their artifacts; half-received ones are not among them."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    return (
        Upload.objects.filter(case__in=visible)
        .exclude(state=UploadState.RECEIVING)
        .select_related("received_by")
        .prefetch_related(Prefetch("artifacts", Artifact.objects.order_by("id")), "runs")
    )


def upload(person: Person, upload_id: int) -> Upload | None:
    cases = Case.objects.visible_to(person)
    return (
        Upload.objects.select_related("case", "received_by")
        .prefetch_related("artifacts", "runs")
        .filter(pk=upload_id, case__in=cases)
        .exclude(state=UploadState.RECEIVING)
        .first()
    )


def artifact(person: Person, artifact_id: int) -> Artifact | None:
    """One artifact of an available upload of a case that the person may see."""
    return (
        Artifact.objects.select_related("upload__case", "run")
        .filter(pk=artifact_id, upload__state=UploadState.AVAILABLE, upload__case__in=Case.objects.visible_to(person))
        .first()
    )


def register(person: Person, case: Case) -> QuerySet[Item]:
    """The evidence register of a case, E-1 first, without what was withdrawn."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    return Item.objects.filter(case__in=visible, withdrawn_at__isnull=True).select_related(
        "artifact", "upload", "collected_by"
    )


def progress(upload: Upload) -> tuple[int, str]:
    """How far the redaction of an upload is, in percent, and what it does now."""
    job = Job.objects.filter(idempotency_key=f"event:{upload.received_seq}:on_evidence_received").first()
    return (job.progress, job.note) if job else (0, "")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    is_cut: bool = False


def lines(artifact: Artifact, start: int = 1, count: int = PAGE_LINES) -> list[Line]:
    """Lines of the redacted form from `start`, counted from 1; a very long line is cut and says so."""
    if artifact.sealed_id is None:
        return []
    wanted = islice(_text_lines(vault.open_file(artifact.sealed_id)), max(0, start - 1), max(0, start - 1) + count)
    return [
        Line(number, text[:LONGEST_LINE], len(text) > LONGEST_LINE) for number, text in enumerate(wanted, max(1, start))
    ]


def _text_lines(blocks: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        yield from (line.decode("utf-8", "replace").rstrip("\r") for line in whole)
    if rest:
        yield rest.decode("utf-8", "replace")
