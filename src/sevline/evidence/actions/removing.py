"""Files that leave: taken out by a person, or because their time is over. The hash and the reason stay."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from sevline.cases.actions.working import phrase
from sevline.cases.models import number_of
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import ref, visible_upload
from sevline.evidence.events import EvidenceExpired, EvidenceRemoved
from sevline.evidence.models import Item, Upload, UploadState
from sevline.governance.selectors import held_cases, hold_of
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record
from sevline.vault import actions as vault


@transaction.atomic
def remove(upload_id: int, *, by: Person, reason: str) -> Upload:
    """Take an upload out that should not have come: its bytes go, its hash and the reason stay."""
    require(by, Right.EVIDENCE_REMOVE)
    upload = visible_upload(by, upload_id)
    if upload.state in {UploadState.REMOVED, UploadState.EXPIRED}:
        raise Refused("This file is gone already.")
    if hold_of(upload.case.key) is not None:
        raise Refused(f"{upload.case.key} is on legal hold: nothing of it is removed until the hold is lifted.")
    said = phrase(upload.case.key, "removal reason", reason, 300)
    if not said:
        raise Refused("Say why the file is removed.")
    _let_go(upload, UploadState.REMOVED, said, clock.now())
    record(
        EvidenceRemoved(
            by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name, sha256=upload.sha256, reason=said
        )
    )
    return upload


def expire(at: datetime) -> int:
    """Let go of every upload whose retention is over, but of cases on legal hold; answers how many.

    Each in a transaction of its own.
    """
    over = Upload.objects.filter(expires_at__lte=at).exclude(state__in=(UploadState.REMOVED, UploadState.EXPIRED))
    over = over.exclude(case__number__in=[number_of(key) for key in held_cases()])
    return sum(_expire(upload_id, at) for upload_id in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _expire(upload_id: int, at: datetime) -> bool:
    upload = Upload.objects.select_for_update().select_related("case").get(pk=upload_id)
    if upload.state in {UploadState.REMOVED, UploadState.EXPIRED} or hold_of(upload.case.key) is not None:
        return False
    _let_go(upload, UploadState.EXPIRED, "The time for which evidence is kept is over.", at)
    happened = EvidenceExpired(
        by=SYSTEM, subject=ref(upload), case=upload.case.key, name=upload.name, sha256=upload.sha256
    )
    record(happened, at=at)
    return True


def _let_go(upload: Upload, state: UploadState, reason: str, at: datetime) -> None:
    """Delete the bytes of every form and what was read out of them; number, name, hash and reason stay."""
    forget_sealed([upload.original_id, *upload.artifacts.values_list("sealed_id", flat=True)])
    upload.artifacts.all().delete()
    upload.runs.update(findings=[], missing=[])
    Item.objects.filter(upload=upload, withdrawn_at__isnull=True).update(withdrawn_at=at, excerpt="")
    upload.state, upload.removed_at, upload.reason, upload.original_id = state, at, reason, None
    upload.save()


def forget_sealed(sealed_ids: Iterable[int | None]) -> None:
    for sealed_id in filter(None, sealed_ids):
        vault.remove_file(sealed_id)
