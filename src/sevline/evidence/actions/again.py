"""Redaction is repeated: a word was missed or a value masked wrongly. And a person looks at pictures first."""

from datetime import datetime

from django.db import transaction

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.readers.roles import Role
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import open_case, ref, visible_upload
from sevline.evidence.behind import value_behind
from sevline.evidence.events import CaptureTold, PictureConfirmed, ReadingStopped, RoleNamed, WordAdded
from sevline.evidence.models import PICTURES, Upload, UploadState
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record
from sevline.vault import actions as vault
from sevline.vault.models import SealedFile

KINDS = ("person", "host", "tenant", "word")
SHORTEST = 3
SHORTEST_ALTERNATIVE = 5


@transaction.atomic
def add_term(case_key: str, value: str, *, by: Person, kind: str = "word") -> int:
    """Mask a word everywhere in the case from now on, and in all that is here; answers how many files are redone.

    Until a file has been redacted again nobody sees it.
    """
    require(by, Right.EVIDENCE_ATTACH)
    case = open_case(by, case_key)
    word = value.replace("\x00", "").strip()
    if len(word) < SHORTEST or len(word) > 200:
        raise Refused(f"A word to mask has {SHORTEST} to 200 characters.")
    if kind not in KINDS:
        raise Refused("Say whether it is a person, a host, a tenant or another word.")
    vault.add_word(case.key, word, kind=kind, masks=True)
    cases.mask_again(case.pk)
    for upload in Upload.objects.filter(case=case):
        told = {name: getattr(upload, name) for name in ("name", "source", "collected_how", "reason")}
        Upload.objects.filter(pk=upload.pk).update(**vault.redact_again(case.key, told))
    return _repeat(case, by, vault.redact(case.key, word).text, masks=True)


@transaction.atomic
def keep_value(case_key: str, token: str, *, by: Person) -> int:
    """Say that a token stands for nothing secret. The value comes back only by redacting the files again.

    The person names the token and is not told the value. Answers how many files are redone.
    """
    require(by, Right.EVIDENCE_REMOVE)
    case = open_case(by, case_key)
    vault.add_word(case.key, value_behind(case, token), kind="kept", masks=False)
    return _repeat(case, by, token, masks=False)


@transaction.atomic
def read_as(upload_id: int, *, by: Person, role: str, captured_at: datetime | None = None) -> Upload:
    """Say what a file is where its form does not tell, such as which side of a comparison, and when it was captured;
    it is read again as that.

    An empty role, and None as time, take the word back. Until it has been read again nobody sees it.
    """
    require(by, Right.EVIDENCE_ATTACH)
    upload = visible_upload(by, upload_id)
    open_case(by, upload.case.key)
    if role and role not in set(Role):
        raise Refused(f"A file is read as one of {', '.join(Role)}.")
    if upload.state != UploadState.AVAILABLE or upload.original_id not in kept_originals(upload.case):
        raise Refused("Its original is no longer here, so it cannot be read again.")
    if captured_at and captured_at > clock.now():
        raise Refused("The time of capture lies in the future. Check its day and its time zone.")
    by_whom, subject, key = by.ref, ref(upload), upload.case.key
    if captured_at != upload.captured_at:
        captured = captured_at.isoformat() if captured_at else "an unknown time"
        record(CaptureTold(by=by_whom, subject=subject, case=key, name=upload.name, captured=captured))
    record(RoleNamed(by=by_whom, subject=subject, case=key, name=upload.name, role=role or "itself"))
    upload.role, upload.captured_at, upload.state = role, captured_at, UploadState.QUARANTINED
    upload.save()
    return upload


def _repeat(case: Case, by: Person, shown: str, *, masks: bool) -> int:
    """Put every file whose original is still sealed back into quarantine; a job redacts each again."""
    files = Upload.objects.filter(
        case=case, state__in=(UploadState.AVAILABLE, UploadState.UNCONFIRMED), original_id__in=kept_originals(case)
    )
    count = files.update(state=UploadState.QUARANTINED)
    record(WordAdded(by=by.ref, subject=case.ref, case=case.key, word=shown[:120], masks=masks, files=count))
    return count


def kept_originals(case: Case) -> list[int]:
    return list(
        SealedFile.objects.filter(case_key=case.key, purpose="original", gone_at=None).values_list("pk", flat=True)
    )


def beyond_repeat(case: Case) -> int:
    """How many visible files cannot be redacted again because their original is gone."""
    shown = Upload.objects.filter(case=case, state=UploadState.AVAILABLE)
    return shown.exclude(original_id__in=kept_originals(case)).count()


@transaction.atomic
def stop_reading(upload_id: int, *, by: Person) -> Upload:
    """End the reading of a file that waits or is read; what is read until then is kept, and says that it is a part."""
    require(by, Right.EVIDENCE_ATTACH)
    upload = visible_upload(by, upload_id)
    # Asked of the row itself: a worker may have ended the reading since, and a wish kept after that would end the next.
    unread = Upload.objects.filter(pk=upload.pk, state__in=(UploadState.QUARANTINED, UploadState.REDACTING))
    if unread.filter(stop_asked=False).update(stop_asked=True):
        record(ReadingStopped(by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name))
    elif not unread.exists():
        raise Refused("The reading of this file has come to its end already.")
    return upload


@transaction.atomic
def confirm(upload_id: int, *, by: Person, looked: bool, shows: str) -> Upload:
    """Let the case see a file with pictures after a person has looked at each of them.

    `shows` says in words what is on them, for whoever cannot see them.
    """
    require(by, Right.EVIDENCE_ATTACH)
    upload = visible_upload(by, upload_id)
    if upload.state != UploadState.UNCONFIRMED:
        raise Refused("This file does not wait for a look at its pictures.")
    if not looked:
        raise Refused("Look at each picture first, and say that no name, key or address can be read in it.")
    said = vault.redact(upload.case.key, " ".join(shows.split())).text
    if len(said) < SHORTEST_ALTERNATIVE:
        raise Refused("Say in a few words what the pictures show, for whoever cannot see them.")
    upload.artifacts.filter(kind__in=PICTURES).update(reason=said[:300])
    upload.reason = ""
    upload.state, upload.confirmed_by, upload.confirmed_at = UploadState.AVAILABLE, by, clock.now()
    upload.save()
    record(PictureConfirmed(by=by.ref, subject=ref(upload), case=upload.case.key, name=upload.name))
    return upload
