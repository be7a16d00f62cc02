"""Every write about evidence: it arrives sealed, is redacted by a job, and only then is there to be seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.evidence.events import (
    EvidenceCited,
    EvidenceDownloaded,
    EvidenceReceived,
    EvidenceRemoved,
    EvidenceViewed,
)
from sevline.evidence.models import Artifact, Item, Upload, UploadState
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref, record
from sevline.platform.models import Event
from sevline.vault import actions as vault
from sevline.vault.models import SealedFile

EXCERPT_LINES = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from: who or what gave it, how it was collected, and when it was captured (UTC)."""

    source: str = ""
    how: str = ""
    captured_at: datetime | None = None


def attach(case_key: str, name: str, blocks: Iterable[bytes], *, by: Person, origin: Origin | None = None) -> Upload:
    """Seal a file while it arrives and queue its redaction.

    The same bytes are kept once per case: a second upload answers the first. If the stream breaks, is empty or is too
    large, nothing is left.
    """
    require(by, Right.EVIDENCE_ATTACH)
    upload = _expect(case_key, name, by, origin or Origin())
    sealed: SealedFile | None = None
    try:
        sealed = vault.seal_file(
            case_key,
            blocks,
            "original",
            limit=min(settings.OPTIONS.max_file_mb, settings.OPTIONS.max_case_mb) * 2**20,
            expires_at=clock.now() + timedelta(days=settings.OPTIONS.sealed_original_days),
        )
        return _received(upload.pk, sealed.pk, by)
    except BaseException:
        if sealed is not None:
            vault.remove_file(sealed.pk)
        Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVING).delete()
        raise


def _expect(case_key: str, name: str, by: Person, origin: Origin) -> Upload:
    with transaction.atomic():
        case = _open_case(by, case_key)
        number = (Upload.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
        return Upload.objects.create(
            case=case,
            number=number,
            name=vault.redact(case_key, name or "unnamed").text[:200],
            source=vault.redact(case_key, origin.source).text[:120],
            collected_how=vault.redact(case_key, origin.how).text[:200],
            captured_at=origin.captured_at,
            received_at=clock.now(),
            received_by=by,
        )


def _open_case(by: Person, case_key: str) -> Case:
    case = Case.objects.visible_to(by).select_for_update().filter(number=_number(case_key)).first()
    if case is None:
        raise Refused(f"There is no case {case_key}.")
    if not case.is_open:
        raise Refused(f"{case.key} is {case.status}; reopen it before you add evidence.")
    return case


def _number(case_key: str) -> int:
    digits = case_key.removeprefix("C-")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else -1


@transaction.atomic
def _received(upload_id: int, sealed_id: int, by: Person) -> Upload:
    upload = Upload.objects.select_related("case").get(pk=upload_id)
    Case.objects.select_for_update().get(pk=upload.case_id)  # two sendings of the same bytes wait for each other
    sealed = SealedFile.objects.get(pk=sealed_id)
    if sealed.size == 0:
        raise Refused("The file is empty, so there is nothing to keep.")
    same = _live(upload.case).filter(sha256=sealed.sha256).exclude(pk=upload.pk).first()
    if same is not None:
        vault.remove_file(sealed_id)
        upload.delete()
        return same
    _check_quota(upload.case, sealed.size)
    upload.size, upload.sha256, upload.original_id = sealed.size, sealed.sha256, sealed_id
    upload.state = UploadState.QUARANTINED
    received = record(
        EvidenceReceived(
            by=by.ref,
            subject=ref(upload),
            case=upload.case.key,
            name=upload.name,
            size=upload.size,
            sha256=upload.sha256,
            source=upload.source,
        )
    )
    upload.received_seq = received.seq
    upload.save()
    return upload


def _live(case: Case) -> QuerySet[Upload]:
    gone = (UploadState.RECEIVING, UploadState.REMOVED, UploadState.EXPIRED)
    return Upload.objects.filter(case=case).exclude(state__in=gone)


def _check_quota(case: Case, size: int) -> None:
    held = _live(case).aggregate(sum=Sum("size"))["sum"] or 0
    if held + size > settings.OPTIONS.max_case_mb * 2**20:
        raise vault.TooLarge(f"The evidence of {case.key} would pass the {settings.OPTIONS.max_case_mb} MB of a case.")


def ref(upload: Upload) -> Ref:
    return Ref("upload", str(upload.pk), upload.name)


@transaction.atomic
def remove(upload_id: int, *, by: Person, reason: str) -> Upload:
    """Take an upload out that should not have come: its bytes go, its hash and the reason stay."""
    require(by, Right.EVIDENCE_REMOVE)
    upload = _visible_upload(by, upload_id)
    if upload.state in {UploadState.REMOVED, UploadState.EXPIRED}:
        raise Refused("This file is gone already.")
    said = vault.redact(upload.case.key, reason.strip()).text
    if not said:
        raise Refused("Say why the file is removed.")
    sealed = [upload.original_id, *upload.artifacts.values_list("sealed_id", flat=True)]
    for sealed_id in filter(None, sealed):
        vault.remove_file(sealed_id)
    now = clock.now()
    upload.artifacts.all().delete()
    Item.objects.filter(upload=upload, withdrawn_at__isnull=True).update(withdrawn_at=now, excerpt="")
    upload.state, upload.removed_at, upload.reason = UploadState.REMOVED, now, said[:300]
    upload.save()
    record(
        EvidenceRemoved(
            by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name, sha256=upload.sha256, reason=said
        )
    )
    return upload


def _visible_upload(by: Person, upload_id: int) -> Upload:
    cases = Case.objects.visible_to(by)
    upload = Upload.objects.select_for_update().filter(pk=upload_id, case__in=cases).first()
    if upload is None:
        raise Refused("There is no such file.")
    return upload


@transaction.atomic
def cite(artifact_id: int, locator: str, claim: str, *, by: Person, excerpt: str, query: str = "") -> Item:
    """Put a place in an artifact into the evidence register, so that claims can name it: E-n."""
    require(by, Right.EVIDENCE_ATTACH)
    artifact = _visible_artifact(by, artifact_id)
    case = Case.objects.select_for_update().get(pk=artifact.upload.case_id)
    said = vault.redact(case.key, claim.strip()).text
    if not said:
        raise Refused("Say what this piece of evidence shows.")
    lines = vault.redact(case.key, excerpt).text.splitlines()[:EXCERPT_LINES]
    item = add_item(
        case, by, claim=said, artifact=artifact, locator=locator[:300], excerpt="\n".join(lines), query=query[:300]
    )
    record(EvidenceCited(by=by.ref, subject=ref(artifact.upload), case=case.key, item=item.key, claim=said))
    return item


@transaction.atomic
def cite_answer(case_key: str, claim: str, *, by: Person, source: str, query: str, excerpt: str, sha256: str) -> Item:
    """Put what a data source answered into the register; `sha256` is that of the whole answer, kept by the caller."""
    require(by, Right.EVIDENCE_ATTACH)
    case = _open_case(by, case_key)
    said = vault.redact(case.key, claim.strip()).text
    if not said:
        raise Refused("Say what this piece of evidence shows.")
    number = (Item.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    item = Item.objects.create(
        case=case,
        number=number,
        claim=said[:300],
        excerpt="\n".join(excerpt.splitlines()[:EXCERPT_LINES]),
        query=query[:300],
        source=source[:160],
        sha256=sha256,
        collected_by=by,
        at=clock.now(),
    )
    record(EvidenceCited(by=by.ref, subject=case.ref, case=case.key, item=item.key, claim=said))
    return item


def add_item(
    case: Case,
    collector: Person,
    *,
    claim: str,
    artifact: Artifact,
    locator: str = "",
    excerpt: str = "",
    query: str = "",
) -> Item:
    """A row of the register, with the next number of its case; runs in the caller's transaction."""
    upload = artifact.upload
    number = (Item.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    return Item.objects.create(
        case=case,
        number=number,
        artifact=artifact,
        upload=upload,
        claim=claim[:300],
        locator=locator,
        excerpt=excerpt,
        query=query,
        source=(f"{upload.source}: {artifact.name}" if upload.source else artifact.name)[:160],
        window_first=upload.time_first,
        window_last=upload.time_last,
        sha256=artifact.sha256,
        redaction_run=artifact.run.number,
        collected_by=collector,
        at=clock.now(),
    )


def _visible_artifact(by: Person, artifact_id: int) -> Artifact:
    artifact = (
        Artifact.objects.select_related("upload__case", "run")
        .filter(pk=artifact_id, upload__case__in=Case.objects.visible_to(by), upload__state=UploadState.AVAILABLE)
        .first()
    )
    if artifact is None:
        raise Refused("There is no such file.")
    return artifact


@transaction.atomic
def note_viewed(upload_id: int, *, by: Person) -> None:
    """Keep who looked at which file; once per person, file and hour."""
    require(by, Right.EVIDENCE_VIEW)
    upload = _visible_upload(by, upload_id)
    seen = Event.objects.filter(subject_kind="upload", subject_key=str(upload.pk), kind=EvidenceViewed.kind)
    if seen.filter(actor_key=by.ref.key, at__gt=clock.now() - timedelta(hours=1)).exists():
        return
    record(EvidenceViewed(by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name))


def download(artifact_id: int, *, by: Person) -> tuple[str, Iterator[bytes]]:
    """The name and the redacted bytes of an artifact; that it was taken is kept."""
    require(by, Right.EVIDENCE_DOWNLOAD)
    artifact = _visible_artifact(by, artifact_id)
    if artifact.sealed_id is None:
        raise Refused("Nothing of this file could be read, so there is no redacted form to download.")
    with transaction.atomic():
        record(
            EvidenceDownloaded(
                by=by.ref, subject=ref(artifact.upload), case=artifact.upload.case.key, name=artifact.name
            )
        )
    return artifact.name, vault.open_file(artifact.sealed_id)
