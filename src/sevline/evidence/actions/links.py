"""Links with which a customer sends files without an account: made by a person, told once, ended early or by time."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.evidence.actions.arriving import MEBI
from sevline.evidence.actions.common import open_case
from sevline.evidence.actions.sending import ref_of
from sevline.evidence.events import UploadLinkMade, UploadLinkOpened, UploadLinkRevoked
from sevline.evidence.models import UploadLink
from sevline.people.models import Person
from sevline.people.selectors import token_hash
from sevline.platform import clock
from sevline.platform.events import record

# One sentence for a link that never was, has ended, or was taken back: which of them it is helps only a thief.
DEAD_LINK = "This link does not work. It may have ended. Ask whoever gave it to you for a new one."


@dataclass(frozen=True, slots=True)
class Given:
    """A link as it is told once. `url` is known here and nowhere else."""

    link: UploadLink
    url: str


@transaction.atomic
def make_link(case_key: str, *, by: Person, asks: Iterable[str] = (), due: datetime | None = None) -> Given:
    """A fresh upload link for a case; the customer needs nothing else to send files to it."""
    require(by, Right.CASE_REPLY)
    return made(open_case(by, case_key), by, tuple(asks), due)


def made(case: Case, by: Person, asks: tuple[str, ...], due: datetime | None) -> Given:
    """The link itself; runs in the caller's transaction."""
    now, token = clock.now(), secrets.token_urlsafe(32)
    link = UploadLink.objects.create(
        case=case,
        token_hash=token_hash(token),
        asks=list(asks),
        made_by=by,
        made_at=now,
        due_at=due,
        expires_at=now + timedelta(days=settings.OPTIONS.upload_link_days),
        most_files=settings.OPTIONS.upload_link_files,
        most_bytes=settings.OPTIONS.max_case_mb * MEBI,
    )
    record(
        UploadLinkMade(by=by.ref, subject=case.ref, case=case.key, link=link.pk, asks=asks, expires_at=link.expires_at),
        at=now,
    )
    return Given(link, f"{str(settings.OPTIONS.base_url).rstrip('/')}/send/{token}")


@transaction.atomic
def revoke_link(link_id: int, *, by: Person) -> UploadLink:
    """End a link at once; what came by it stays."""
    require(by, Right.CASE_REPLY)
    cases = Case.objects.visible_to(by)
    link = UploadLink.objects.select_for_update().filter(pk=link_id, case__in=cases).first()
    if link is None:
        raise Refused("There is no such link.")
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
        record(UploadLinkRevoked(by=by.ref, subject=link.case.ref, case=link.case.key, link=link.pk))
    return link


@transaction.atomic
def note_opened(link: UploadLink) -> None:
    """Keep when the link was opened first."""
    if UploadLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=clock.now()):
        record(UploadLinkOpened(by=ref_of(link), subject=link.case.ref, case=link.case.key, link=link.pk))
