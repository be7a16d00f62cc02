"""A file arrives: scanned, sealed and counted while it streams in, then queued for redaction, or not kept at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from sevline.cases.actions.working import line, phrase
from sevline.cases.models import Case
from sevline.core.calendar import months_after
from sevline.core.lifecycle import Refused
from sevline.core.redaction.pseudonym import fitting
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import open_case, ref
from sevline.evidence.events import EvidenceReceived, EvidenceRefused
from sevline.evidence.models import Upload, UploadLink, UploadState, Way
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref, record
from sevline.vault import actions as vault
from sevline.vault import antivirus
from sevline.vault.models import SealedFile

MEBI = 2**20
NAME = 200  # characters of a file's name as it is shown


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from: who or what gave it, how it was collected, and when it was captured (UTC).

    `skew_ms` is how far the clock of its source was ahead of true time, in milliseconds, where somebody knows.
    """

    source: str = ""
    how: str = ""
    captured_at: datetime | None = None
    skew_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who answers for a file (`person`), who the trail names (`ref`), and by which way and link it came."""

    person: Person
    ref: Ref
    way: Way = Way.PAGE
    link: UploadLink | None = None


def attach(
    case_key: str,
    name: str,
    blocks: Iterable[bytes],
    *,
    by: Person,
    origin: Origin | None = None,
    way: Way = Way.PAGE,
) -> Upload:
    """Seal a file while it arrives and queue its redaction.

    The same bytes are kept once per case: a second upload answers the first. If the stream breaks, is empty or is too
    large, nothing is left.
    """
    require(by, Right.EVIDENCE_ATTACH)
    with transaction.atomic():
        expected = expect(open_case(by, case_key), name, Bringer(by, by.ref, way), origin or Origin())
    return take_in(expected, blocks, Bringer(by, by.ref, way))


def expect(case: Case, name: str, bringer: Bringer, origin: Origin) -> Upload:
    """The row of a file that is still to arrive; runs in the caller's transaction, on a locked case."""
    number = (Upload.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    now = clock.now()
    return Upload.objects.create(
        case=case,
        number=number,
        name=shown_name(case.key, name),
        source=phrase(case.key, "source", origin.source, 120),
        collected_how=phrase(case.key, "how it was collected", origin.how, 200),
        captured_at=origin.captured_at,
        clock_skew_ms=origin.skew_ms,
        received_at=now,
        received_by=bringer.person,
        way=bringer.way,
        link=bringer.link,
        expires_at=months_after(now, settings.OPTIONS.evidence_months),
    )


def shown_name(case_key: str, name: str) -> str:
    """A file's name as it is kept: redacted, without zero bytes, never empty, and shortened to 200 characters.

    No file is refused for its name; where the name is not kept whole, the whole one lies sealed.
    """
    kept = line(case_key, "file name", name) or "unnamed"
    if len(kept) > NAME and kept == " ".join(name.replace("\x00", "").split()):
        vault.seal_text(case_key, "file name", kept)
    return fitting(kept, NAME)


def take_in(expected: Upload, blocks: Iterable[bytes], bringer: Bringer, *, limit: int | None = None) -> Upload:
    """Scan and seal the bytes of an expected upload; answers it, or the one that holds the same bytes already."""
    sealed: SealedFile | None = None
    says: list[str] = []
    try:
        sealed = vault.seal_file(
            expected.case.key,
            antivirus.scanned(blocks, says),
            "original",
            limit=most_of_a_file() if limit is None else min(limit, most_of_a_file()),
            expires_at=clock.now() + timedelta(days=settings.OPTIONS.sealed_original_days),
        )
        return _received(expected.pk, sealed.pk, bringer, says[-1])
    except BaseException as problem:
        if sealed is not None:
            vault.remove_file(sealed.pk)
        if isinstance(problem, antivirus.Infected):
            _refuse_infected(expected.pk, problem, bringer)
        Upload.objects.filter(pk=expected.pk, state=UploadState.RECEIVING).delete()
        raise


def most_of_a_file() -> int:
    """The largest file that is taken, in bytes."""
    return int(min(settings.OPTIONS.max_file_mb, settings.OPTIONS.max_case_mb)) * MEBI


@transaction.atomic
def _received(upload_id: int, sealed_id: int, bringer: Bringer, scan: str) -> Upload:
    upload = Upload.objects.select_related("case").get(pk=upload_id)
    Case.objects.select_for_update().get(pk=upload.case_id)  # two sendings of the same bytes wait for each other
    sealed = SealedFile.objects.get(pk=sealed_id)
    if sealed.size == 0:
        raise Refused("The file is empty, so there is nothing to keep.")
    same = live(upload.case).filter(sha256=sealed.sha256).exclude(pk=upload.pk).first()
    if same is not None:
        vault.remove_file(sealed_id)
        upload.delete()
        return same
    check_quota(upload.case, sealed.size)
    upload.size, upload.sha256, upload.original_id = sealed.size, sealed.sha256, sealed_id
    upload.state, upload.scan = UploadState.QUARANTINED, scan
    received = record(
        EvidenceReceived(
            by=bringer.ref,
            subject=ref(upload),
            case=upload.case.key,
            name=upload.name,
            size=upload.size,
            sha256=upload.sha256,
            source=upload.source,
            way=upload.way,
            scan=scan,
        )
    )
    upload.received_seq = received.seq
    upload.save()
    return upload


@transaction.atomic
def _refuse_infected(upload_id: int, problem: antivirus.Infected, bringer: Bringer) -> None:
    """The bytes are gone; that they came, from whom, and what the scanner said stays."""
    upload = Upload.objects.select_related("case").get(pk=upload_id)
    upload.state, upload.scan, upload.reason = UploadState.REFUSED, problem.verdict[:120], str(problem)[:300]
    upload.save()
    record(
        EvidenceRefused(
            by=bringer.ref, subject=ref(upload), case=upload.case.key, name=upload.name, reason=upload.reason
        )
    )


def live(case: Case) -> QuerySet[Upload]:
    """The uploads of a case whose bytes are kept."""
    gone = (UploadState.RECEIVING, UploadState.REMOVED, UploadState.EXPIRED)
    return Upload.objects.filter(case=case, original_id__isnull=False).exclude(state__in=gone)


def held(case: Case) -> int:
    """Bytes of originals that a case holds, sealed ones that have expired counted too."""
    gone = (UploadState.RECEIVING, UploadState.REMOVED, UploadState.EXPIRED)
    return Upload.objects.filter(case=case).exclude(state__in=gone).aggregate(sum=Sum("size"))["sum"] or 0


def check_quota(case: Case, more: int) -> None:
    if held(case) + more > settings.OPTIONS.max_case_mb * MEBI:
        raise vault.TooLarge(f"The evidence of {case.key} would pass the {settings.OPTIONS.max_case_mb} MB of a case.")
