"""The audit chain: every event row carries an HMAC over itself and the row before.

The key and the head of the chain live outside the database, so that neither a changed row nor a cut tail passes, nor a
tail that was cut and written on. What leaves by retention leaves a signed checkpoint behind.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from sevline.core.lifecycle import Refused
from sevline.platform import guards
from sevline.platform.models import Checkpoint, Event

#: A row's number and its MAC.
Place = tuple[int, str]
GENESIS = "0" * 64
#: Kinds of rows that `verify` reads: the chain was found broken here, and somebody explained what was found so far.
BROKEN, ACCEPTED = "audit.broken", "audit.accepted"
_LOCK = 7_355_608  # any number that nothing else in this database uses as an advisory lock
#: The newest head that this process wrote, by its file: an older head that was put back is noticed.
_newest: dict[Path, Place] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: rows read, the number of the last, the first fault or none with the row that it is about.

    A fault is `explainable` where every row that is there is in order; `accepted` counts breaks explained earlier.
    """

    rows: int
    last: int
    fault: str = ""
    seq: int | None = None
    explainable: bool = False
    accepted: int = 0

    @property
    def is_intact(self) -> bool:
        return not self.fault


def append(row: Event, broken: Callable[[str], Event]) -> None:
    """Give the row its number and its place in the chain, and save it; writers take turns until they commit.

    Where the head outside tells of a row that is no longer there, a row of its own that says so comes first: `broken`
    makes it of that sentence. Inside the chain it can be neither cut off nor changed unnoticed.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = _tip()
    if fault := _lost_before(last):
        last = _chain(broken(fault), last, anew=True)
    _chain(row, last)


def _chain(row: Event, last: Place, *, anew: bool = False) -> Place:
    row.seq = last[0] + 1
    row.mac = mac_of(row, last[1])
    row.save(force_insert=True)
    transaction.on_commit(_NoteHead(row.seq, row.mac, anew))
    return row.seq, row.mac


@dataclass(frozen=True, slots=True)
class _NoteHead:
    """Writes the head when the row is committed. One that waits shows that this transaction began to write."""

    seq: int
    mac: str
    anew: bool

    def __call__(self) -> None:
        write_head(self.seq, self.mac, anew=self.anew)


def _tip() -> Place:
    last = Event.objects.order_by("-seq").values_list("seq", "mac").first()
    if last:
        return last
    left = Checkpoint.objects.order_by("-through").values_list("through", "mac").first()
    return left or (0, GENESIS)


def _lost_before(last: Place) -> str:
    """What the head outside tells of and the table does not hold, looked at once per transaction, under the lock.

    A head is written only after its row is committed, so it is never ahead of the rows unless some were cut off. Nearly
    always it is the last row itself, and no query is needed.
    """
    if any(isinstance(entry[1], _NoteHead) for entry in connection.run_on_commit):
        return ""
    try:
        head = read_head()
    except Refused:
        return "The head outside the database was forged or unreadable."
    if head is None:
        return "The head outside the database was missing." if last[0] else ""
    known = _later(head, _newest.get(settings.AUDIT_HEAD))
    if known == last or _is_there(known):
        return ""
    return _cut(last[0], known[0]) if known[0] > last[0] else f"Row {known[0]} was replaced or removed."


def _is_there(place: Place) -> bool:
    return Event.objects.filter(seq=place[0], mac=place[1]).exists()


def _cut(last: int, known: int) -> str:
    return f"Rows {last + 1} to {known} were cut off the end."


def mac_of(row: Event, previous: str) -> str:
    """HMAC-SHA256 over the row's canonical JSON and the MAC of the row before, in hex."""
    told = [
        row.seq,
        _moment(row.at),
        _moment(row.recorded_at),
        row.kind,
        row.actor_kind,
        row.actor_key,
        row.actor_label,
        row.subject_kind,
        row.subject_key,
        row.subject_label,
        row.case_key,
        row.data,
        previous,
    ]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(settings.AUDIT_KEY, text.encode(), hashlib.sha256).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def verify() -> Verdict:
    """Walk the whole chain, the checkpoints and the head outside, and look at the triggers; names the first fault.

    Rows are streamed. The desk may go on writing: the head is read first, so the rows that follow hold at least it.
    """
    head, forged = _head_or_why()
    checkpoints = _checkpoints()
    found = _verdict(head, checkpoints)
    if not found.is_intact and _checkpoints() != checkpoints:  # rows expired while they were read
        return verify()
    if forged is not None and (found.is_intact or found.explainable):
        raise forged
    return found


def _head_or_why() -> tuple[Place | None, Refused | None]:
    try:
        head = read_head()
    except Refused as refusal:
        return None, refusal
    return (_later(head, _newest.get(settings.AUDIT_HEAD)) if head else None), None


def _later(head: Place, newest: Place | None) -> Place:
    """The head outside, or what this process wrote into it where that is newer: an older head was put back."""
    return newest if newest and newest[0] > head[0] else head


def _checkpoints() -> list[Checkpoint]:
    return list(Checkpoint.objects.order_by("through", "pk"))


def _verdict(head: Place | None, checkpoints: list[Checkpoint]) -> Verdict:
    if bad := _bad_checkpoint(checkpoints):
        return bad
    base: Place = (checkpoints[-1].through, checkpoints[-1].mac) if checkpoints else (0, GENESIS)
    below = Event.objects.filter(seq__lte=base[0]).order_by("seq").values_list("seq", flat=True).first()
    if below is not None:
        return Verdict(0, base[0], f"Row {below} does not belong to the trail, which begins at {base[0] + 1}.", below)
    found = _walk(base, head)
    if found.is_intact and (loose := guards.missing(connection)):
        fault = f"The rows are in order, but the database would let them be changed: {', '.join(loose)}."
        return replace(found, fault=fault, explainable=True)
    return found


def _bad_checkpoint(checkpoints: list[Checkpoint]) -> Verdict | None:
    """Signatures, and that each one's rows follow the one before: rows are numbered from 1 without a gap."""
    before = 0
    for each in checkpoints:
        if not hmac.compare_digest(each.signature, _signature(each)):
            fault = "A checkpoint is not signed with this installation's key."
            return Verdict(0, before, fault, each.through)
        if each.rows < 1 or each.through - each.rows != before:
            fault = f"A checkpoint before the one through row {each.through} is missing, or stands there twice."
            return Verdict(0, before, fault, each.through)
        before = each.through
    return None


def _walk(base: Place, head: Place | None) -> Verdict:
    expected, previous = base
    rows = accepted = 0
    marks: list[tuple[int, str]] = []
    for row in Event.objects.filter(seq__gt=expected).order_by("seq").iterator(chunk_size=2000):
        if fault := _bad_row(row, expected + 1, previous, head):
            return Verdict(rows, expected, fault, min(row.seq, expected + 1))
        expected, previous = row.seq, row.mac
        rows += 1
        if row.kind == BROKEN:
            marks.append((row.seq, f"{row.data['fault'].rstrip('.')}; that was found when row {row.seq} was written."))
        elif row.kind == ACCEPTED:
            accepted += len(marks)
            marks.clear()
    found = Verdict(rows, expected, accepted=accepted)
    if fault := _against_head(base[0], expected, head):
        return replace(found, fault=fault, seq=expected + 1 if head else expected, explainable=True)
    return replace(found, seq=marks[0][0], fault=marks[0][1], explainable=True) if marks else found


def _bad_row(row: Event, expected: int, previous: str, head: Place | None) -> str:
    if row.seq < expected:
        return f"Row {row.seq} is there twice."
    if row.seq > expected:
        return f"Row {expected} is missing."
    if not hmac.compare_digest(row.mac, mac_of(row, previous)):
        return f"Row {row.seq} was changed after it was written."
    if head and head[0] == row.seq and head[1] != row.mac:
        return f"Row {row.seq} is not the one that was written as head."
    return ""


def _against_head(base: int, last: int, head: Place | None) -> str:
    if head is None:
        return "The head outside the database is missing." if last else ""
    if head[0] > last:
        return _cut(last, head[0])
    return "" if head[0] > base else f"The head outside the database is older than the checkpoint through row {base}."


def expire(
    before: datetime, keep_from: int | None = None, told: Callable[[Checkpoint], object] | None = None
) -> Checkpoint | None:
    """Let the rows older than a moment leave, behind a signed checkpoint; None where no row may.

    The newest row and the row of the head always stay, and every row from number `keep_from` on. Refused while the
    trail is not intact, which is looked at before the transaction, since others write meanwhile. `told` is called in
    the transaction.
    """
    through = _may_leave(before, keep_from)
    if not Event.objects.filter(seq__lte=through).exists():
        return None
    if not (verdict := verify()).is_intact:
        raise Refused(f"Nothing was removed, because the audit trail is not intact: {verdict.fault}")
    with transaction.atomic():
        leaving = Event.objects.filter(seq__lte=through)
        if (last := leaving.filter(seq=through).first()) is None:  # another process was quicker
            return None
        checkpoint = Checkpoint(through=through, at=datetime.now(UTC), rows=leaving.count(), mac=last.mac)
        checkpoint.signature = _signature(checkpoint)
        checkpoint.save(force_insert=True)
        leaving.delete()
        if told is not None:
            told(checkpoint)
    return checkpoint


def _may_leave(before: datetime, keep_from: int | None) -> int:
    newest = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    young = Event.objects.filter(recorded_at__gte=before).order_by("seq").values_list("seq", flat=True).first()
    head = read_head()
    bounds = [newest, young, head[0] if head else None, keep_from]
    return min(bound for bound in bounds if bound is not None) - 1


def _signature(checkpoint: Checkpoint) -> str:
    text = f"checkpoint|{checkpoint.through}|{_moment(checkpoint.at)}|{checkpoint.rows}|{checkpoint.mac}"
    return hmac.new(settings.AUDIT_KEY, text.encode(), hashlib.sha256).hexdigest()


def write_head(seq: int, mac: str, *, anew: bool = False) -> None:
    """Write the newest row's number and MAC outside the database; an older one never replaces a newer one.

    `anew` replaces a head whose row is no longer there, after the trail says so. A forged head stays until then.
    """
    path: Path = settings.AUDIT_HEAD
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(path):
        try:
            known = read_head()
        except Refused:
            if not anew:
                return
            known = None
        if known is not None and known[0] >= seq and not (anew and not _is_there(known)):
            return
        text = json.dumps({"seq": seq, "mac": mac, "sign": _head_sign(seq, mac)})
        fresh = path.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(path)
        _newest[path] = (seq, mac)


def read_head() -> tuple[int, str] | None:
    """The head outside the database; Refused if it was forged, None if there is none."""
    path: Path = settings.AUDIT_HEAD
    try:
        head = json.loads(path.read_text())
        seq, mac, sign = int(head["seq"]), str(head["mac"]), str(head["sign"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise Refused(f"The audit head {path} cannot be read.") from None
    if not hmac.compare_digest(sign, _head_sign(seq, mac)):
        raise Refused(f"The audit head {path} is not signed with this installation's key.")
    return seq, mac


def _head_sign(seq: int, mac: str) -> str:
    return hmac.new(settings.AUDIT_KEY, f"head|{seq}|{mac}".encode(), hashlib.sha256).hexdigest()


class _locked:  # noqa: N801 - reads as a verb at its one use
    """Hold the file lock beside the head while it is read and replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_suffix(".lock")

    def __enter__(self) -> None:
        self.handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def rows(case_key: str) -> Iterator[Event]:
    return Event.objects.filter(case_key=case_key).order_by("seq").iterator()
