"""The audit chain: every event row carries an HMAC over itself and the row before.

The key and the head of the chain live outside the database, so that neither a changed row nor a cut tail passes.
What leaves by retention leaves a signed checkpoint behind.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from sevline.core.lifecycle import Refused
from sevline.platform.models import Checkpoint, Event

GENESIS = "0" * 64
_LOCK = 7_355_608  # any number that nothing else in this database uses as an advisory lock


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: the number of rows read, and the first fault or none."""

    rows: int
    last: int
    fault: str = ""
    seq: int | None = None

    @property
    def is_intact(self) -> bool:
        return not self.fault


def append(row: Event) -> None:
    """Give the row its number and its place in the chain, and save it; writers take turns until they commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = _tip()
    row.seq = last[0] + 1
    row.mac = mac_of(row, last[1])
    row.save(force_insert=True)
    seq, mac = row.seq, row.mac
    transaction.on_commit(lambda: write_head(seq, mac))


def _tip() -> tuple[int, str]:
    last = Event.objects.order_by("-seq").values_list("seq", "mac").first()
    if last:
        return last
    left = Checkpoint.objects.order_by("-through").values_list("through", "mac").first()
    return left or (0, GENESIS)


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
    """Walk the whole chain, the checkpoints and the head outside; names the first bad row."""
    checkpoint = Checkpoint.objects.order_by("-through").first()
    if checkpoint and not hmac.compare_digest(checkpoint.signature, _signature(checkpoint)):
        return Verdict(0, 0, "A checkpoint is not signed with this installation's key.", checkpoint.through)
    expected, previous, rows = (checkpoint.through, checkpoint.mac, 0) if checkpoint else (0, GENESIS, 0)
    for row in Event.objects.filter(seq__gt=expected).order_by("seq").iterator(chunk_size=2000):
        expected += 1
        if row.seq != expected:
            return Verdict(rows, expected - 1, f"Row {expected} is missing.", expected)
        if not hmac.compare_digest(row.mac, mac_of(row, previous)):
            return Verdict(rows, expected - 1, f"Row {row.seq} was changed after it was written.", row.seq)
        previous = row.mac
        rows += 1
    return _against_head(Verdict(rows, expected), previous)


def _against_head(found: Verdict, mac: str) -> Verdict:
    head = read_head()
    if head is None:
        if found.last == 0:
            return found
        return Verdict(found.rows, found.last, "The head outside the database is missing.", found.last)
    if head[0] > found.last:
        return Verdict(
            found.rows, found.last, f"Rows {found.last + 1} to {head[0]} were cut off the end.", found.last + 1
        )
    known = mac if head[0] == found.last else Event.objects.filter(seq=head[0]).values_list("mac", flat=True).first()
    if known is not None and known != head[1]:
        return Verdict(found.rows, found.last, f"Row {head[0]} is not the one that was written as head.", head[0])
    return found


def expire(before: datetime) -> Checkpoint | None:
    """Let the rows older than a moment leave, behind a signed checkpoint; the newest row always stays."""
    with transaction.atomic():
        newest = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        keep = Event.objects.filter(recorded_at__gte=before).order_by("seq").values_list("seq", flat=True).first()
        through = min(keep or newest, newest) - 1
        last = Event.objects.filter(seq=through).first()
        if last is None:
            return None
        if not (verdict := verify()).is_intact:
            raise Refused(f"Nothing was removed, because the audit trail is not intact: {verdict.fault}")
        count = Event.objects.filter(seq__lte=through).count()
        checkpoint = Checkpoint(through=through, at=datetime.now(UTC), rows=count, mac=last.mac)
        checkpoint.signature = _signature(checkpoint)
        checkpoint.save(force_insert=True)
        Event.objects.filter(seq__lte=through).delete()
    return checkpoint


def _signature(checkpoint: Checkpoint) -> str:
    text = f"checkpoint|{checkpoint.through}|{_moment(checkpoint.at)}|{checkpoint.rows}|{checkpoint.mac}"
    return hmac.new(settings.AUDIT_KEY, text.encode(), hashlib.sha256).hexdigest()


def write_head(seq: int, mac: str) -> None:
    """Write the newest row's number and MAC outside the database; an older one never replaces a newer one."""
    path: Path = settings.AUDIT_HEAD
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(path):
        known = read_head()
        if known is not None and known[0] >= seq:
            return
        text = json.dumps({"seq": seq, "mac": mac, "sign": _head_sign(seq, mac)})
        fresh = path.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(path)


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
