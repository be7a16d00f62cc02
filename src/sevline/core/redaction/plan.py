"""Which rows a detector is asked about: literals first, all of a group at once, then its cheaper pattern."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.redaction.detector import Detector, Stage

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Keywords:
    """Literals of which one must stand in a row: as written, and in any ASCII case."""

    exact: tuple[str, ...]
    in_any_case: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Detectors that run one after another on the rows which the group's literals or its gate let through."""

    detectors: tuple[Detector, ...]
    keywords: Keywords | None = None
    gate: str = ""

    def rows(self, rows: "pl.Series") -> "pl.Series | None":
        """The numbers of the rows to look at; None stands for all of them."""
        if self.keywords is not None:
            hits = with_keyword(rows, self.keywords).arg_true()
            return hits.filter(rows.gather(hits).str.contains(self.gate)) if self.gate and len(hits) else hits
        return rows.str.contains(self.gate).arg_true() if self.gate else None


@dataclass(frozen=True, slots=True)
class Plan:
    groups: tuple[Group, ...]


def plan_of(detectors: tuple[Detector, ...]) -> Plan:
    return Plan(tuple(_groups(detectors)))


def _groups(detectors: tuple[Detector, ...]) -> Iterator[Group]:
    for stage in Stage:
        of_stage = [entry for entry in detectors if entry.stage is stage]
        yield from _keyed([entry for entry in of_stage if entry.keywords and not entry.any_case], joined=False)
        yield from _keyed([entry for entry in of_stage if entry.keywords and entry.any_case], joined=True)
        unkeyed = [entry for entry in of_stage if not entry.keywords]
        rare, common = _parted(unkeyed)
        if rare:
            yield Group(rare, gate=_gate_of(rare))
        if common:
            yield Group(common)


def _keyed(entries: list[Detector], *, joined: bool) -> Iterator[Group]:
    """`joined` asks for the gates of the rare ones as one, after their literals."""
    rare, common = _parted(entries) if joined else ((), tuple(entries))
    if common:
        yield Group(common, keywords_of(common))
    if rare:
        yield Group(rare, keywords_of(rare), _gate_of(rare))


def _parted(entries: list[Detector]) -> tuple[tuple[Detector, ...], tuple[Detector, ...]]:
    """The rare ones, and the others."""
    return tuple(entry for entry in entries if entry.rare), tuple(entry for entry in entries if not entry.rare)


def _gate_of(entries: tuple[Detector, ...]) -> str:
    return "|".join(f"(?:{entry.gate or entry.pattern})" for entry in entries)


def keywords_of(entries: tuple[Detector, ...]) -> Keywords:
    return Keywords(
        tuple(sorted({keyword for entry in entries if not entry.any_case for keyword in entry.keywords})),
        tuple(sorted({keyword for entry in entries if entry.any_case for keyword in entry.keywords})),
    )


def with_keyword(rows: "pl.Series", keywords: Keywords) -> "pl.Series":
    if not keywords.in_any_case:
        return rows.str.contains_any(list(keywords.exact))
    found = rows.str.contains_any(list(keywords.in_any_case), ascii_case_insensitive=True)
    return found | rows.str.contains_any(list(keywords.exact)) if keywords.exact else found


def gated(entry: Detector, rows: "pl.Series") -> "pl.Series | None":
    """The numbers of the rows in which the detector's pattern is worth its time; None where there is none."""
    if not entry.keywords:
        hits = rows.str.contains(entry.gate or entry.pattern).arg_true()
        return None if hits.is_empty() else hits
    hits = with_keyword(rows, keywords_of((entry,))).arg_true()
    if hits.is_empty():
        return None
    hits = hits.filter(rows.gather(hits).str.contains(entry.gate or entry.pattern))
    return None if hits.is_empty() else hits


def put(rows: "pl.Series", at: "pl.Series", values: "pl.Series") -> "pl.Series":
    """The rows with others in some places; `Series.scatter` alone would change the rows themselves."""
    return rows.clone().scatter(at, values)
