"""The typed event log: what happened is written in the same transaction as the change itself.

An event class is a frozen dataclass. Its fields are the event's data; texts in it are redacted before they get here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, ClassVar, NamedTuple

from django.db import connection, transaction

from sevline.platform import audit, clock
from sevline.platform.models import Event

KINDS: dict[str, type["Happening"]] = {}
_ABOUT = frozenset({"by", "subject", "case"})


class Ref(NamedTuple):
    """Somebody or something by kind, key and label, without a foreign key: `platform` knows no other room."""

    kind: str
    key: str
    label: str


SYSTEM = Ref("system", "sevline", "Sevline")
OPERATOR = Ref("operator", "console", "Operator at the console")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Base of every event: who did it, what it is about, and the case it belongs to (empty when none)."""

    kind: ClassVar[str] = ""
    by: Ref
    subject: Ref
    case: str = ""

    def __init_subclass__(cls) -> None:
        # A dataclass with slots is made twice; the second class replaces the first under the same kind.
        if not cls.kind:
            raise TypeError(f"{cls.__name__} needs a kind, such as “case.opened”.")
        KINDS[cls.kind] = cls

    def data(self) -> dict[str, Any]:
        return {field.name: plain(getattr(self, field.name)) for field in fields(self) if field.name not in _ABOUT}


def plain(value: Any) -> Any:
    """The value as JSON that reads back to the same bytes on every database: no floats, times as UTC text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    raise TypeError(f"An event cannot carry a {type(value).__name__}; give it as text or a whole number.")


_listeners: dict[str, tuple[Callable[[int], object], ...]] = {}


def listen(table: dict[type[Happening], tuple[Any, ...]]) -> None:
    """Set who is told of which event; called once, with the table of `config/wiring.py`."""
    _listeners.clear()
    _listeners.update({event.kind: tasks for event, tasks in table.items()})


_first: ContextVar[Callable[[], None] | None] = ContextVar("before each event", default=None)


@contextmanager
def before_each(act: Callable[[], None]) -> Iterator[None]:
    """Call `act` before each event that is recorded meanwhile, in its transaction; what it raises stops the change."""
    token = _first.set(act)
    try:
        yield
    finally:
        _first.reset(token)


def record(event: Happening, *, at: datetime | None = None) -> Event:
    """Write the event, chained to the last one, and queue one job for each listener.

    Must run inside the transaction of the change that it records.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of its change.")
    if (act := _first.get()) is not None:
        act()
    row = _row(event, at)
    audit.append(row, _broken)
    for task in _listeners.get(event.kind, ()):
        _queue(task, row.seq)
    return row


def _row(event: Happening, at: datetime | None = None) -> Event:
    return Event(
        at=at or clock.now(),
        recorded_at=clock.now(),
        kind=event.kind,
        actor_kind=event.by.kind,
        actor_key=event.by.key,
        actor_label=event.by.label,
        subject_kind=event.subject.kind,
        subject_key=event.subject.key,
        subject_label=event.subject.label[:200],
        case_key=event.case,
        data=event.data(),
    )


TRAIL = Ref("trail", "audit", "Audit trail")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailBroken(Happening):
    """The next row was about to be written when the head outside told of rows that are no longer there."""

    kind: ClassVar[str] = audit.BROKEN
    fault: str


def _broken(fault: str) -> Event:
    return _row(TrailBroken(by=SYSTEM, subject=TRAIL, fault=fault))


def _queue(task: Any, seq: int) -> None:
    from sevline.platform.jobs.backend import enqueue_once

    enqueue_once(task, f"event:{seq}:{task.name}", seq)


def on_commit(do: Callable[[], object]) -> None:
    transaction.on_commit(do)
