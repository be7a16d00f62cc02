"""What is done about the audit trail itself: a break is explained, and rows whose time is over leave."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import connection, transaction

from sevline.core.lifecycle import Refused
from sevline.platform import audit, guards
from sevline.platform.events import OPERATOR, SYSTEM, TRAIL, Happening, record
from sevline.platform.models import Checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailAccepted(Happening):
    """Somebody looked into what `verify` named, and says what it was. It stays in the trail with the break itself."""

    kind: ClassVar[str] = audit.ACCEPTED
    fault: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailExpired(Happening):
    """Rows left behind a signed checkpoint, because the time for which the trail is kept is over."""

    kind: ClassVar[str] = "audit.expired"
    through: int
    rows: int


def accept(reason: str) -> str:
    """Record why the trail has the break that `verify` names, and put missing triggers back; answers the break.

    Refused where nothing is to be explained, and for a row that was changed, forged or taken out of the middle: no
    word mends that.
    """
    verdict = audit.verify()
    if verdict.is_intact:
        raise Refused("The audit trail is intact; there is nothing to explain.")
    if not verdict.explainable:
        raise Refused(f"This cannot be explained away, it stays in the trail: {verdict.fault}")
    with transaction.atomic():
        if guards.missing(connection):
            guards.remove(connection)
            guards.install(connection)
        record(TrailAccepted(by=OPERATOR, subject=TRAIL, fault=verdict.fault, reason=reason))
    return verdict.fault


def expire(before: datetime, keep_from: int | None = None) -> int:
    """Let rows older than a moment leave, those from number `keep_from` on excepted; answers how many left."""
    checkpoint = audit.expire(before, keep_from, _tell)
    return checkpoint.rows if checkpoint else 0


def _tell(checkpoint: Checkpoint) -> None:
    record(TrailExpired(by=SYSTEM, subject=TRAIL, through=checkpoint.through, rows=checkpoint.rows))
