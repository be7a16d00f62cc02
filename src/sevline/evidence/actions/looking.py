"""Who looked at which file and who took it out: both are kept."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import ref, visible_artifact, visible_upload
from sevline.evidence.behind import amounts_behind
from sevline.evidence.events import AmountsShown, EvidenceDownloaded, EvidenceViewed, ReportTaken
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record
from sevline.platform.models import Event
from sevline.vault import actions as vault


@transaction.atomic
def note_viewed(upload_id: int, *, by: Person) -> None:
    """Keep who looked at which file; once per person, file and hour."""
    require(by, Right.EVIDENCE_VIEW)
    upload = visible_upload(by, upload_id)
    seen = Event.objects.filter(subject_kind="upload", subject_key=str(upload.pk), kind=EvidenceViewed.kind)
    if seen.filter(actor_key=by.ref.key, at__gt=clock.now() - timedelta(hours=1)).exists():
        return
    record(EvidenceViewed(by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name))


@transaction.atomic
def note_report_taken(upload_id: int, *, by: Person) -> None:
    """Keep who took the report of a file out."""
    require(by, Right.EVIDENCE_VIEW)
    upload = visible_upload(by, upload_id)
    record(ReportTaken(by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name))


def download(artifact_id: int, *, by: Person) -> tuple[str, Iterator[bytes]]:
    """The name and the redacted bytes of an artifact; that it was taken is kept."""
    require(by, Right.EVIDENCE_DOWNLOAD)
    artifact = visible_artifact(by, artifact_id)
    if artifact.sealed_id is None:
        raise Refused("Nothing of this file could be read, so there is no redacted form to download.")
    with transaction.atomic():
        record(
            EvidenceDownloaded(
                by=by.ref, subject=ref(artifact.upload), case=artifact.upload.case.key, name=artifact.name
            )
        )
    return artifact.name, vault.open_file(artifact.sealed_id)


def show_amounts(artifact_id: int, *, by: Person) -> dict[str, str]:
    """What the tokens of amounts in a file stand for, for whoever may see money; that it was shown is kept.

    The amounts are read again from the sealed original. They are neither kept nor logged.
    """
    require(by, Right.AMOUNTS_VIEW)
    artifact = visible_artifact(by, artifact_id)
    amounts = amounts_behind(artifact.upload)
    if not amounts:
        raise Refused("This file holds no masked amounts.")
    with transaction.atomic():
        upload = artifact.upload
        record(AmountsShown(by=by.ref, subject=ref(upload), case=upload.case.key, name=artifact.name))
    return amounts
