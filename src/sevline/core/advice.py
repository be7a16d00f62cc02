"""Escalate now, gather more, or swarm: a table decides from severity, evidence, time stuck and time left."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

from sevline.core.tables import Row, Table, load


class Advice(StrEnum):
    ESCALATE_NOW = "escalate_now"
    GATHER = "gather"
    SWARM_OR_ESCALATE = "swarm_or_escalate"


class AdviceRow(Row, frozen=True):
    """Conditions that are left out always hold; `deferred_minutes` is when missing items are due after escalating."""

    advice: Advice
    severities: Annotated[tuple[int, ...], msgspec.Meta(min_length=1)]
    why: str
    percent_at_least: int = 0
    stuck_minutes_at_least: int = 0
    no_open_test: bool = False
    sla_minutes_below: int | None = None
    deferred_minutes: int = 0


class AdviceTable(Table, frozen=True):
    row: tuple[AdviceRow, ...]

    def check_rows(self) -> None:
        for severity in (1, 2, 3, 4):
            if not any(severity in row.severities and _is_open(row) for row in self.row):
                raise ValueError(f"no row always holds for severity {severity}")


def _is_open(row: AdviceRow) -> bool:
    return row.sla_minutes_below is None and not (
        row.percent_at_least or row.stuck_minutes_at_least or row.no_open_test
    )


TABLE = load("advice.toml", AdviceTable)


@dataclass(frozen=True, slots=True)
class Situation:
    """Minutes are whole; `sla_minutes` is what is left of the next target, or None where none runs."""

    severity: int
    percent: int
    stuck_minutes: int = 0
    has_open_test: bool = False
    sla_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Advised:
    advice: Advice
    why: str
    deferred_minutes: int
    version: str


def advise(now: Situation) -> Advised:
    """What to do next; the table has a row without conditions for every severity from 1 to 4."""
    row = next(row for row in TABLE.row if _holds(row, now))
    return Advised(row.advice, row.why, row.deferred_minutes, TABLE.version)


def _holds(row: AdviceRow, now: Situation) -> bool:
    return (
        now.severity in row.severities
        and now.percent >= row.percent_at_least
        and now.stuck_minutes >= row.stuck_minutes_at_least
        and not (row.no_open_test and now.has_open_test)
        and (row.sla_minutes_below is None or (now.sla_minutes is not None and now.sla_minutes < row.sla_minutes_below))
    )
