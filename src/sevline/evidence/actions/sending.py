"""Files that come in part by part, so that a broken connection goes on where it stopped.

Each part is sealed before it is stored. Only the last byte makes an upload of them: until then the case shows nothing.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from sevline.cases.actions.working import phrase
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.evidence.actions.arriving import (
    MEBI,
    Bringer,
    Origin,
    check_quota,
    expect,
    most_of_a_file,
    shown_name,
    take_in,
)
from sevline.evidence.actions.common import open_case, still_open
from sevline.evidence.models import Sending, SendingPart, SendingState, Upload, UploadLink, UploadState, Way
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref
from sevline.vault import actions as vault

PART = 4 * MEBI
HOURS = 24  # for which an unfinished file waits for its rest
ARRIVED = "It is here, encrypted. Whether it is shown or refused stands in the list of files."
ARRIVED_BY_LINK = "It is here, encrypted. You can close this page."
SAME = "The same file is here already; it is kept once."


class WrongPlace(Refused):
    """The bytes do not follow on what is here; `received` is where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(f"The server has {received} bytes of this file; go on from there.")
        self.received = received


def begin(
    case_key: str,
    name: str,
    size: int,
    *,
    by: Person,
    origin: Origin | None = None,
    fingerprint: str = "",
    way: Way = Way.PAGE,
) -> Sending:
    """Start a file on the case's page or by a program, or find the one that was started under the same fingerprint."""
    require(by, Right.EVIDENCE_ATTACH)
    with transaction.atomic():
        case = open_case(by, case_key)
        return _begun(case, name, size, origin or Origin(), fingerprint, sender=by, way=way)


@transaction.atomic
def begin_by_link(link: UploadLink, name: str, size: int, *, fingerprint: str = "") -> Sending:
    """The same for a customer with a link, who may send only so many files and bytes by it."""
    case = Case.objects.select_for_update().get(pk=link.case_id)
    still_wanted(case)
    sent = Sending.objects.filter(link=link).exclude(state=SendingState.REFUSED)
    already = _known(sent, case, fingerprint, size)
    if already is None and sent.count() >= link.most_files:
        raise Refused(f"This link takes {link.most_files} files, and they are here. Ask for a new link to send more.")
    if already is None and sum(sent.values_list("size", flat=True)) + size > link.most_bytes:
        raise vault.TooLarge(f"This link takes {link.most_bytes // MEBI} MB in all. Ask for a new link to send more.")
    return already or _begun(case, name, size, Origin(source="customer"), fingerprint, link=link)


def still_wanted(case: Case) -> None:
    """To a customer a closed case is said without its state or number."""
    if not case.is_open:
        raise Refused("The matter that this link belongs to is closed. Write to whoever gave you the link.")


def _begun(
    case: Case,
    name: str,
    size: int,
    origin: Origin,
    fingerprint: str,
    *,
    sender: Person | None = None,
    link: UploadLink | None = None,
    way: Way = Way.LINK,
) -> Sending:
    if size < 1:
        raise Refused("The file is empty, so there is nothing to keep.")
    if size > most_of_a_file():
        raise vault.TooLarge(f"The file is larger than the {most_of_a_file() // MEBI} MB that are allowed.")
    check_quota(case, size)
    mine = Sending.objects.filter(sender=sender, link=link, way=way)
    if (already := _known(mine, case, fingerprint, size)) is not None:
        return already
    return Sending.objects.create(
        key=uuid4().hex,
        case=case,
        link=link,
        sender=sender,
        name=shown_name(case.key, name),
        fingerprint=_hashed(case, fingerprint),
        size=size,
        source=phrase(case.key, "source", origin.source, 120),
        collected_how=phrase(case.key, "how it was collected", origin.how, 200),
        way=way,
        captured_at=origin.captured_at,
        clock_skew_ms=origin.skew_ms,
        started_at=clock.now(),
    )


def _known(sent: "Iterable[Sending]", case: Case, fingerprint: str, size: int) -> Sending | None:
    """An unfinished file of the same sender that the sender calls the same."""
    wanted = _hashed(case, fingerprint)
    since = clock.now() - timedelta(hours=HOURS)
    alike = (one for one in sent if one.state == SendingState.OPEN and one.started_at > since and one.size == size)
    return next((one for one in alike if wanted and one.fingerprint == wanted and one.case_id == case.pk), None)


def _hashed(case: Case, fingerprint: str) -> str:
    """A name may say something about a person, so what is kept of it only tells it from another."""
    if not fingerprint:
        return ""
    return hmac.new(settings.MASTER_KEY, f"{case.key} {fingerprint}".encode(), hashlib.sha256).hexdigest()


def receive(sending: Sending, offset: int, blocks: Iterable[bytes]) -> Sending:
    """Take bytes in from `offset` on; the last one makes the upload. The caller has found the sending for its sender.

    What arrived before a connection broke is kept. Raises WrongPlace where the offset is not what is here.
    """
    if sending.state != SendingState.OPEN:
        return sending
    if offset != sending.received:
        raise WrongPlace(sending.received)
    for piece in _pieces(blocks):
        _keep(sending, piece)
    if sending.received == sending.size:
        _finish(sending)
    return sending


def _pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of at most PART bytes; when the blocks break off, what was there comes before the fault."""
    held = bytearray()
    try:
        for block in blocks:
            held += block
            while len(held) >= PART:
                yield bytes(held[:PART])
                del held[:PART]
    except Refused:
        if held:
            yield bytes(held)
        raise
    if held:
        yield bytes(held)


def _keep(sending: Sending, piece: bytes) -> None:
    start = sending.received
    if start + len(piece) > sending.size:
        raise Refused("More bytes came than were announced. Nothing of the surplus was kept; send the file again.")
    over = sending.started_at + timedelta(hours=HOURS + 1)
    sealed = vault.seal_file(sending.case.key, [piece], "part", expires_at=over)
    with transaction.atomic():
        here = Sending.objects.filter(pk=sending.pk, received=start, state=SendingState.OPEN)
        if not here.update(received=start + len(piece)):
            vault.forget_parts([sealed.pk])
            sending.refresh_from_db()
            raise WrongPlace(sending.received)
        SendingPart.objects.create(sending=sending, start=start, sealed_id=sealed.pk)
    sending.received = start + len(piece)


def _finish(sending: Sending) -> None:
    """Make the upload of all parts. What refuses it is said once, and the parts are gone either way."""
    bringer = _bringer(sending)
    parts = list(sending.parts.values_list("sealed_id", flat=True))
    origin = Origin(sending.source, sending.collected_how, sending.captured_at, sending.clock_skew_ms)
    try:
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=sending.case_id)
            if sending.link_id:
                still_wanted(case)
            else:
                still_open(case)
            expected = expect(case, sending.name, bringer, origin)
        whole = (block for part in [vault.open_file(sealed_id) for sealed_id in parts] for block in part)
        upload = take_in(expected, whole, bringer)
    except Refused as refusal:
        _settle(sending, parts, SendingState.REFUSED, str(refusal))
        raise
    is_new = upload.pk == expected.pk
    arrived = ARRIVED_BY_LINK if sending.link_id else ARRIVED
    _settle(sending, parts, SendingState.DONE, arrived if is_new else SAME, upload)


@transaction.atomic
def _settle(sending: Sending, parts: list[int], state: SendingState, says: str, upload: Upload | None = None) -> None:
    sending.state, sending.says, sending.upload = state, says[:300], upload
    sending.save()
    sending.parts.all().delete()
    vault.forget_parts(parts)


def _bringer(sending: Sending) -> Bringer:
    if sending.link is not None:
        return Bringer(sending.link.made_by, ref_of(sending.link), Way.LINK, sending.link)
    assert sending.sender is not None  # noqa: S101 - one of the two is always there
    return Bringer(sending.sender, sending.sender.ref, Way(sending.way))


def ref_of(link: UploadLink) -> Ref:
    """Whoever holds an upload link, as the trail names them."""
    return Ref("upload link", str(link.pk), "The customer, by an upload link")


@transaction.atomic
def give_up(sending: Sending) -> None:
    """Forget an unfinished file because its sender says so."""
    if sending.state == SendingState.OPEN:
        parts = list(sending.parts.values_list("sealed_id", flat=True))
        _settle(sending, parts, SendingState.REFUSED, "Cancelled. Nothing of this file was kept.")


def clear_abandoned(at: datetime) -> int:
    """Give up files whose rest did not come in time; answers how many."""
    late = list(Sending.objects.filter(state=SendingState.OPEN, started_at__lt=at - timedelta(hours=HOURS)))
    for sending in late:
        give_up(sending)
    return len(late)


def take_from_link(link: UploadLink, name: str, blocks: Iterable[bytes]) -> tuple[Upload, bool]:
    """A whole file from a form without scripts; answers the upload, and whether it is new."""
    bringer = Bringer(link.made_by, ref_of(link), Way.LINK, link)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=link.case_id)
        still_wanted(case)
        came = Upload.objects.filter(link=link).exclude(state=UploadState.RECEIVING)
        if came.count() >= link.most_files:
            raise Refused(
                f"This link takes {link.most_files} files, and they are here. Ask for a new link to send more."
            )
        expected = expect(case, name, bringer, Origin(source="customer"))
    left = link.most_bytes - sum(came.exclude(pk=expected.pk).values_list("size", flat=True))
    upload = take_in(expected, blocks, bringer, limit=left)
    return upload, upload.pk == expected.pk
