"""How distributed systems fail: each mode with its sign and the test that tells it, and those that findings suggest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from sevline.core.runbook import Layer
from sevline.core.tables import Row, Table, load, no_repeats

_CHECK_ID = re.compile(r"MODE[0-9]{2}")


class Mode(StrEnum):
    """The modes of the table, by their keys."""

    CONSISTENCY_LAG = "consistency-lag"
    PARTIAL_OUTAGE = "partial-outage"
    RETRY_STORM = "retry-storm"
    DUPLICATE_DELIVERY = "duplicate-delivery"
    CASCADING_TIMEOUT = "cascading-timeout"
    CLOCK_SKEW = "clock-skew"
    STALE_CACHE = "stale-cache"
    QUEUE_BACKLOG = "queue-backlog"


class ModeRow(Row, frozen=True):
    """One mode. `predicts` and `refuted_by` are what a hypothesis of it starts with; findings with one of `tags` among
    what they support point to it, and those of `check` saw its sign itself."""

    key: Mode
    title: str
    check: str
    layer: Layer
    happens: str
    sign: str
    test: str
    predicts: str
    refuted_by: str
    next: str
    tags: tuple[str, ...]


class FailureModes(Table, frozen=True):
    mode: tuple[ModeRow, ...]

    def check_rows(self) -> None:
        no_repeats("mode", (row.key for row in self.mode))
        no_repeats("check", (row.check for row in self.mode))
        if missing := set(Mode) - {row.key for row in self.mode}:
            raise ValueError(f"the mode “{min(missing)}” has no row")
        for row in self.mode:
            if not _CHECK_ID.fullmatch(row.check):
                raise ValueError(f"the mode “{row.key}” names “{row.check}”, which is no id of its kind of check")
            if empty := [name for name in ("sign", "test", "predicts", "refuted_by") if not getattr(row, name).strip()]:
                raise ValueError(f"the mode “{row.key}” does not say its “{empty[0]}”")


MODES = load("failure_modes.toml", FailureModes)
MODE_OF: Mapping[str, ModeRow] = {row.key: row for row in MODES.mode}


class Pointing(Protocol):
    """A finding, wherever it is kept."""

    @property
    def check_id(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def supports(self) -> Sequence[str]: ...


Found = TypeVar("Found", bound=Pointing)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Found]):
    """A mode that findings look like: `seen` saw its sign, `near` support what it explains."""

    row: ModeRow
    seen: tuple[Found, ...]
    near: tuple[Found, ...]


def suggested(findings: Iterable[Found]) -> tuple[Suggestion[Found], ...]:
    """What failed or warns, by mode: first the modes whose sign was seen, then those that most findings are near."""
    wrong = [found for found in findings if found.state in {"FAIL", "WARN"}]
    every = (
        Suggestion(
            row,
            tuple(found for found in wrong if found.check_id == row.check),
            tuple(
                found for found in wrong if found.check_id != row.check and not set(row.tags).isdisjoint(found.supports)
            ),
        )
        for row in MODES.mode
    )
    told = [one for one in every if one.seen or one.near]
    return tuple(sorted(told, key=lambda one: (not one.seen, -len(one.seen) - len(one.near))))
