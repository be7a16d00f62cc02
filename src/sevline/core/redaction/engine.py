"""Runs the detectors over many strings at once: Polars finds and replaces, Python judges each distinct match once."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sevline.core.redaction.codec import free_marks
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms

if TYPE_CHECKING:
    import polars as pl

SAMPLES = 5
_PSEUDONYM = re.compile(EVERY_PSEUDONYM)
MAX_PASSES = 6


@dataclass(slots=True)
class Tally:
    """How often each kind was masked, and a few of its tokens."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, token: str, count: int = 1) -> None:
        self.counts[kind] += count
        tokens = self.samples.setdefault(kind, [])
        if len(tokens) < SAMPLES and token not in tokens:
            tokens.append(token)

    def add(self, other: "Tally") -> None:
        self.counts.update(other.counts)
        for kind, tokens in other.samples.items():
            shown = self.samples.setdefault(kind, [])
            shown.extend(token for token in tokens if token not in shown)
            del shown[SAMPLES:]


@dataclass(frozen=True, slots=True)
class Engine:
    """A detector set under one case's key. Strings go in and come out in order; marks never reach the outside."""

    detectors: tuple[Detector, ...]
    pseudonyms: Pseudonyms
    allowed: frozenset[str]

    def mask(self, strings: Sequence[str]) -> tuple[list[str], Tally]:
        """The strings with every found value replaced, and what was replaced."""
        import polars as pl

        tally = Tally()
        rows = self._until_nothing_changes(pl.Series("text", strings, dtype=pl.String), tally)
        return rows.to_list(), tally

    def mask_text(self, text: str) -> tuple[str, Tally]:
        """A text of many lines, each looked at by itself except by detectors of blocks."""
        import polars as pl

        tally = Tally()
        for entry in self.detectors:
            if entry.stage is Stage.BLOCK and any(keyword in text for keyword in entry.keywords):
                text = self._apply(entry, pl.Series("text", [text], dtype=pl.String), tally).item()
        lines = pl.Series("text", text.split("\n"), dtype=pl.String)
        return "\n".join(self._until_nothing_changes(lines, tally).to_list()), tally

    def _until_nothing_changes(self, rows: "pl.Series", tally: Tally) -> "pl.Series":
        """Masking can bring two pieces of text together that then look like a value: so ask again, where it changed."""
        import polars as pl

        if not _any_may_match(rows, self.detectors):
            return rows
        masked = self._pass(rows, tally)
        changed = (masked != rows).arg_true()
        for _ in range(MAX_PASSES):
            if changed.is_empty():
                break
            before = masked.gather(changed)
            after = self._pass(before, tally)
            masked = masked.scatter(changed, after)
            changed = changed.filter(pl.Series(after != before))
        return masked

    def _pass(self, rows: "pl.Series", tally: Tally) -> "pl.Series":
        for stage in Stage:
            group = [entry for entry in self.detectors if entry.stage is stage]
            if group:
                rows = self._stage(group, rows, tally)
        return rows

    def _stage(self, group: list[Detector], rows: "pl.Series", tally: Tally) -> "pl.Series":
        """Detectors with keywords look only at rows in which a keyword of the stage stands."""
        by_keyword = [entry for entry in group if entry.keywords]
        if by_keyword:
            hits = _with_keyword(rows, by_keyword).arg_true()
            if not hits.is_empty():
                part = rows.gather(hits)
                for entry in by_keyword:
                    part = self._detect(entry, part, tally)
                rows = rows.scatter(hits, part)
        for entry in group:
            if not entry.keywords:
                rows = self._detect(entry, rows, tally)
        return rows

    def _detect(self, entry: Detector, rows: "pl.Series", tally: Tally) -> "pl.Series":
        if entry.keywords:
            hits = _with_keyword(rows, [entry]).arg_true()
            if hits.is_empty():
                return rows  # a pattern that is not asked for need not be compiled either
            part = rows.gather(hits)
            gated = part.str.contains(entry.gate or entry.pattern)
            hits, part = hits.filter(gated), part.filter(gated)
        else:
            gated = rows.str.contains(entry.gate or entry.pattern)
            hits, part = gated.arg_true(), rows.filter(gated)
        if hits.is_empty():
            return rows
        masked = self._apply(entry, part, tally)
        return rows if masked is part else rows.scatter(hits, masked)

    def _apply(self, entry: Detector, rows: "pl.Series", tally: Tally) -> "pl.Series":
        """Each match is put between marks, so that only the match is replaced and not the same letters elsewhere."""
        import polars as pl

        found = rows.str.extract_all(entry.pattern).explode().drop_nulls()
        if found.is_empty():
            return rows
        replacements: dict[str, str] = {}
        real = False
        for value, count in found.to_frame("text").group_by("text", maintain_order=True).len().iter_rows():
            replaced = self._replace(entry, value)
            replacements[value] = replaced
            if replaced != value:
                real = True
                tally.note(entry.kind, shown(value, replaced), count)
        if not real:
            return rows
        opening, closing = free_marks(_joined(rows), 2)
        marked = rows.str.replace_all(entry.pattern, f"{opening}${{0}}{closing}")
        wanted = pl.Series([f"{opening}{value}{closing}" for value in replacements])
        return marked.to_frame("text").select(
            pl.col("text").str.replace_many(wanted.implode(), pl.Series(list(replacements.values())).implode())
        )["text"]

    def _replace(self, entry: Detector, value: str) -> str:
        if self.allowed and (value in self.allowed or entry.normalise(value) in self.allowed):
            return value
        return entry.replace(value, self.pseudonyms)


def _any_may_match(rows: "pl.Series", detectors: tuple[Detector, ...]) -> bool:
    """Whether any row holds a keyword, or matches a gate of a detector without keywords.

    Most of what people type holds nothing, and Polars keeps few compiled patterns: one question instead of seventy.
    """
    keyed = [entry for entry in detectors if entry.keywords]
    if keyed and bool(_with_keyword(rows, keyed).any()):
        return True
    gates = _joined_gates(tuple(entry.gate or entry.pattern for entry in detectors if not entry.keywords))
    return bool(gates) and bool(rows.str.contains(gates).any())


@lru_cache(maxsize=8)
def _joined_gates(gates: tuple[str, ...]) -> str:
    return "|".join(f"(?:{gate})" for gate in gates)


def _with_keyword(rows: "pl.Series", entries: list[Detector]) -> "pl.Series":
    exact = sorted({keyword for entry in entries if not entry.any_case for keyword in entry.keywords})
    in_any_case = sorted({keyword for entry in entries if entry.any_case for keyword in entry.keywords})
    if not in_any_case:
        return rows.str.contains_any(exact)
    found = rows.str.contains_any(in_any_case, ascii_case_insensitive=True)
    return found | rows.str.contains_any(exact) if exact else found


def _joined(rows: "pl.Series") -> str:
    return "".join(rows.to_list())


def shown(value: str, replaced: str) -> str:
    """Of a masked match only what is new: the kept parts around a token are the customer's text."""
    token: str | None = next((found for found in _PSEUDONYM.findall(replaced) if found not in value), None)
    if token is not None:
        return token
    return replaced
