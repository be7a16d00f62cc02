"""The packet's score, what would win the next points, and whether it may go out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

import msgspec

from sevline.core.packet.conditions import CONDITIONS, ask_stated
from sevline.core.packet.facts import PacketFacts
from sevline.core.packet.hard_gates import Gate, gates
from sevline.core.packet.text import executive_length
from sevline.core.tables import Row, Table, load, no_repeats

MEGABYTE = 1_000_000


class FieldRow(Row, frozen=True):
    id: str
    title: str
    points: Annotated[int, msgspec.Meta(ge=1)]
    full: str
    needs: str
    half: str = ""


class PacketTable(Table, frozen=True):
    half_percent: Annotated[int, msgspec.Meta(ge=1, le=99)]
    executive_max: int
    executive_penalty: int
    attachments_max_mb: int
    attachments_penalty: int
    thresholds: dict[str, int]
    field: tuple[FieldRow, ...]

    def check_rows(self) -> None:
        no_repeats("field", (row.id for row in self.field))
        if sum(row.points for row in self.field) != 100:
            raise ValueError("the points of the fields must add up to 100")
        for row in self.field:
            for name in filter(None, (row.full, row.half)):
                if name not in CONDITIONS:
                    raise ValueError(f"{row.id} asks for the condition “{name}”, which does not exist")


PACKET = load("packet.toml", PacketTable)


class Verdict(StrEnum):
    PASSES = "passes"
    GATED = "gated"
    BELOW = "below_threshold"
    SECURITY = "security_route"


@dataclass(frozen=True, slots=True)
class Credit:
    """What one field earned. `to_win` are points on the scale of 100 and `sentence` says how to win them."""

    id: str
    title: str
    points: int
    credit: Fraction
    to_win: Fraction
    sentence: str
    not_applicable: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`points` is exact, 0 to 100. `threshold` is None where only the hard gates count; `shortfall` is then 0."""

    points: Fraction
    credits: tuple[Credit, ...]
    gates: tuple[Gate, ...]
    penalties: tuple[str, ...]
    threshold: int | None
    shortfall: Fraction
    verdict: Verdict
    version: str
    unasked: str = ""  # what to do where the packet asks for nothing; no gate of the table, and it goes nowhere so

    @property
    def next_steps(self) -> tuple[Credit, ...]:
        """The fields that can still win points, the most first."""
        return tuple(sorted((credit for credit in self.credits if credit.to_win), key=lambda credit: -credit.to_win))

    @property
    def points_told(self) -> str:
        """Rounded down to a tenth: a score just below its threshold never reads as having reached it."""
        return number(Fraction((self.points * 10).__floor__(), 10))

    @property
    def shortfall_told(self) -> str:
        """Rounded up to a tenth."""
        return number(Fraction((self.shortfall * 10).__ceil__(), 10))

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of the fields below full credit; on a Sev1 these become dated promises."""
        return tuple(credit.id for credit in self.credits if credit.to_win)

    def objections(self, *, overridden: bool = False) -> tuple[str, ...]:
        """Why the packet may not go out, in sentences. An override lifts the threshold and never a hard gate."""
        if self.verdict is Verdict.SECURITY:
            return ("This looks like a security matter: take the Security route.",)
        shut = tuple(f"{gate.id}: {gate.sentence}" for gate in self.gates if not gate.passed)
        if overridden:
            return shut
        if not self.shortfall:
            return (*shut, f"P2: {self.unasked}") if self.unasked else shut
        steps = (f"{step.id} (+{number(step.to_win)}): {step.sentence}" for step in self.next_steps)
        return (
            *shut,
            f"The score is {self.points_told} of {self.threshold}: {self.shortfall_told} points are missing.",
            *steps,
        )


def number(value: Fraction) -> str:
    """With one decimal at most, rounded half up, for display only."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def _credit(row: FieldRow, facts: PacketFacts, table: PacketTable) -> Fraction:
    if CONDITIONS[row.full](facts):
        return Fraction(1)
    if row.half and CONDITIONS[row.half](facts):
        return Fraction(table.half_percent, 100)
    return Fraction(0)


def _penalties(facts: PacketFacts, table: PacketTable) -> tuple[tuple[int, str], ...]:
    found = []
    length = executive_length(facts)
    if length > table.executive_max:
        found.append(
            (
                table.executive_penalty,
                f"P1 to P4 and the next update have {length} characters; shorten them to {table.executive_max}.",
            )
        )
    heavy = facts.attachment_bytes > table.attachments_max_mb * MEGABYTE
    if heavy or facts.raw_logs_pasted:
        found.append((table.attachments_penalty, _unread(facts, table, heavy=heavy)))
    return tuple(found)


def _unread(facts: PacketFacts, table: PacketTable, *, heavy: bool) -> str:
    """What nobody will read, and what to do instead."""
    size = f"{facts.attachment_bytes / MEGABYTE:.1f} MB of files are attached of which no place is cited"
    told = [
        *([f"{size} ({table.attachments_max_mb} MB at most): cite the lines that matter"] if heavy else []),
        *(["a raw log is pasted: attach it, and cite its lines"] if facts.raw_logs_pasted else []),
    ]
    said = "; ".join(told)
    return f"{said[:1].upper()}{said[1:]}."


def score(facts: PacketFacts, *, table: PacketTable = PACKET) -> Score:
    """Every field's credit, the hard gates, and the verdict for the packet's severity.

    A field that does not apply, with its accepted reason, leaves both sides of the sum.
    """
    reasons = {key.upper(): reason.strip() for key, reason in facts.not_applicable.items() if reason.strip()}
    available = sum(row.points for row in table.field if row.id not in reasons)
    scale = Fraction(100, available) if available else Fraction(0)
    earned_by = tuple(_field(row, facts, table, scale, reasons.get(row.id, "")) for row in table.field)
    penalties = _penalties(facts, table)
    earned = sum((Fraction(c.points) * c.credit for c in earned_by if not c.not_applicable), Fraction(0))
    points = max(Fraction(0), earned * scale - sum(cost for cost, _ in penalties))
    threshold = table.thresholds.get(str(facts.severity))
    shortfall = Fraction(0) if threshold is None else max(Fraction(0), threshold - points)
    shut = gates(facts)
    return Score(
        points=points,
        credits=earned_by,
        gates=shut,
        penalties=tuple(f"−{cost}: {sentence}" for cost, sentence in penalties),
        threshold=threshold,
        shortfall=shortfall,
        verdict=_verdict(facts, shut, shortfall),
        version=table.version,
        unasked=_unasked(facts, threshold, reasons),
    )


def _unasked(facts: PacketFacts, threshold: int | None, reasons: Mapping[str, str]) -> str:
    """What to do about a packet that asks for nothing. Where only hard gates count, the ask is promised."""
    if threshold is None or "P2" in reasons or ask_stated(facts):
        return ""
    if facts.ask is None and not facts.ask_text.strip():
        return "Say what you ask Engineering for: a fix, a diagnosis, data or a decision, and the request in words."
    if facts.ask is None:
        return "Say whether you ask for a fix, a diagnosis, data or a decision."
    return "Write the one request in a sentence: what you ask for is chosen, its words are missing."


def _field(row: FieldRow, facts: PacketFacts, table: PacketTable, scale: Fraction, reason: str) -> Credit:
    if reason:
        return Credit(row.id, row.title, row.points, Fraction(0), Fraction(0), "", reason)
    credit = _credit(row, facts, table)
    to_win = (1 - credit) * row.points * scale
    return Credit(row.id, row.title, row.points, credit, to_win, row.needs if to_win else "")


def _verdict(facts: PacketFacts, shut: tuple[Gate, ...], shortfall: Fraction) -> Verdict:
    if facts.security_suspected:
        return Verdict.SECURITY
    if not all(gate.passed for gate in shut):
        return Verdict.GATED
    return Verdict.BELOW if shortfall else Verdict.PASSES
