"""A packet that is copied out: that it was, and by whom, is kept."""

from django.db import transaction

from sevline.core.rights import Right, require
from sevline.escalations.events import PacketExported
from sevline.escalations.models import Escalation
from sevline.people.models import Person
from sevline.platform.events import record


@transaction.atomic
def note_export(escalation: Escalation, *, by: Person, form: str, version: int) -> None:
    """Keep that somebody took a version out as `form`; 0 is the draft. The caller found the packet for the person."""
    require(by, Right.PACKET_EXPORT)
    record(PacketExported(by=by.ref, subject=escalation.ref, case=escalation.case.key, form=form, version=version))
