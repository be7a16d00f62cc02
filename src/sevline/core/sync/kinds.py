"""In which way two values of a cell differ: blanks, case, null, rounding, a shift of hours, cut, broken letters."""

import re
from collections import Counter
from math import isfinite
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sevline.core.readers.columns import number
from sevline.core.readers.moments import any_moment
from sevline.core.sync import Mask
from sevline.core.sync.notations import (
    DAY_FIRST,
    EXCHANGED,
    MONTH_FIRST,
    SURE,
    one_id,
    order_of,
    same_date,
    same_document,
)

if TYPE_CHECKING:
    import polars as pl

NULLS = frozenset({"", "null", "none", "nil", "nan", "n/a", "\\n"})
TOLERANCE = 1e-9
#: No number of thousands begins with nought: 0,125 is an eighth.
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3}){1,6}(?:\.\d{1,20})?")
MAX_COUNTED = 200_000
#: A yes and a no as databases and spreadsheets write them: `t` is PostgreSQL's, `b'1'` MySQL's.
YES, NO = "true t yes y 1 1.0 on b'1' ja oui si wahr vrai", "false f no n 0 0.0 off b'0' nein non falsch faux"
TRUTH = {word: words is YES for words in (YES, NO) for word in words.split()}
SAME_IN_MEANING = frozenset({"number", "time form", "truth", "id form", "document form"})
#: Kinds that the other cells of the column decide: the same date, where day and month stand in this order.
ORDERS = frozenset(order + sure for order in (DAY_FIRST, MONTH_FIRST) for sure in ("", SURE))
#: Fewer decimals and nearer to nought: rounded down or cut off, which the other cells of the column decide.
EITHER = "fewer decimals"
KINDS = {
    "empty": "null on one side, empty on the other",
    "blank": "blanks around the value",
    "case": "upper and lower case",
    "truth": "the same yes or no, written differently",
    "zeros": "zeros in front are lost on one side",
    "number": "the same number, written differently",
    "rounding": "a number that was rounded",
    "truncation": "a number whose decimals were cut off",
    "time form": "the same time, written differently",
    "id form": "the same id, written differently",
    "document form": "the same document, written differently",
    "accents": "the same letters, with accents of their own or joined (Unicode NFD, NFC)",
    EXCHANGED: "day and month exchanged",
    "time shift": "a time shifted by whole hours",
    "cut": "a value cut at a fixed length",
    "letters": "letters broken by a wrong encoding",
    "lost": "a value on one side, nothing on the other",
    "value": "another value",
}


def differences(
    left: Any, right: Any, changed: "pl.DataFrame", content: list[str], mask: Mask, most: int
) -> "tuple[dict[str, Any], pl.DataFrame]":
    """`differing`: cells with key, tenant, column, both masked values and kind; `columns`: counts by column and kind.

    Up to 200,000 differing rows are all counted; of more, an even sample, and `sampled` says so. Beside it the rows of
    `changed` that differ in more than the form of a number or a time; of a sample, all rows.
    """
    rows = changed.sort("row")
    sampled = rows.height > MAX_COUNTED
    rows = rows.gather_every(rows.height // MAX_COUNTED + 1) if sampled else rows
    extract, tally = left.extract, _Tally(most)
    alike: list[int] = []
    told = [name for name in (*extract.key, extract.tenant, extract.version, *content) if name]
    if rows.height:
        ours = left.rows(rows["row"], list(dict.fromkeys(told)))
        there = {row["row"]: row for row in right.rows(rows["row_right"], content).iter_rows(named=True)}
        pairs = dict(zip(rows["row"], rows["row_right"], strict=True))
        for row in ours.iter_rows(named=True):
            tally.versions[row.get(extract.version) or ""] += 1
            if not tally.compare(row, there.get(pairs[row["row"]], {}), extract, content, mask):
                alike.append(row["row"])
    exchanged = tally.exchanged()
    alike = [row for row in alike if row not in exchanged]
    document = tally.document(versioned=bool(extract.version)) | {"sampled": sampled, "alike": len(alike)}
    return document, changed if sampled or not alike else changed.filter(~changed["row"].is_in(alike))


class _Tally:
    """Cells that differ, the first of them in full, all of them by column and kind."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.cells: list[dict[str, Any]] = []
        self.columns: dict[str, Counter[str]] = {}
        self.versions: Counter[str] = Counter()
        self.lengths: dict[str, Counter[int]] = {}
        self.orders: dict[tuple[str, str], list[int]] = {}
        """Rows by column and by the order in which a date has to be read to be the same."""

    def compare(self, row: dict[str, Any], other: dict[str, Any], extract: Any, content: list[str], mask: Mask) -> bool:
        """Counts the cells that differ; whether one of them differs in more than its form."""
        real = False
        for column in content:
            one, two = row[column] or "", other.get(column) or ""
            if one == two:
                continue
            kind = " ".join(kind_of(one, two)).strip()
            self.columns.setdefault(column, Counter())[kind] += 1
            real = real or kind not in SAME_IN_MEANING | ORDERS
            if kind in {DAY_FIRST, MONTH_FIRST}:
                self.orders.setdefault((column, kind), []).append(row["row"])
            if kind == "cut":
                self.lengths.setdefault(column, Counter())[min(len(one), len(two))] += 1
            if len(self.cells) < self.most:
                self.cells.append(_cell(row, extract, column, one, two, kind, mask))
        return real

    def exchanged(self) -> frozenset[int]:
        """Rows in which day and month of a date changed places, as the other cells of its column tell."""
        return frozenset(
            row
            for (column, order), rows in self.orders.items()
            if _of_order(order, self.columns[column]) == EXCHANGED
            for row in rows
        )

    def document(self, *, versioned: bool) -> dict[str, Any]:
        columns = [
            {"column": name, "cells": sum(kinds.values()), "kinds": dict(_decided(kinds).most_common())}
            for name, kinds in self.columns.items()
        ]
        cut = {name: found.most_common(1)[0] for name, found in self.lengths.items()}
        versions = [[name, count] for name, count in self.versions.most_common(20)] if versioned else []
        for cell in self.cells:
            cell["kind"] = _told(cell["kind"], self.columns[cell["column"]])
        return {"differing": self.cells, "columns": columns, "cut_at": cut, "versions": versions}


def _fewer(kinds: Counter[str]) -> str:
    """Which of both it was that took decimals from a column: one rounded up tells that it is rounded."""
    return "truncation" if kinds["truncation"] and not kinds["rounding"] else "rounding"


def _of_order(kind: str, kinds: Counter[str]) -> str:
    """Whether a date in this order is the same, or an exchanged one where the column tells another order."""
    order = order_of(kinds)
    return EXCHANGED if order and not kind.endswith(SURE) and kind != order else "time form"


def _told(kind: str, kinds: Counter[str]) -> str:
    """What a kind is that the other cells of its column decide."""
    return _fewer(kinds) if kind == EITHER else _of_order(kind, kinds) if kind in ORDERS else kind


def _decided(kinds: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, count in kinds.items():
        found[_told(kind, kinds)] += count
    return found


def _cell(row: dict[str, Any], extract: Any, column: str, one: str, two: str, kind: str, mask: Mask) -> dict[str, str]:
    key = "\x1f".join((row[name] or "").strip() for name in extract.key)
    tenant = (row.get(extract.tenant) or "") if extract.tenant else ""
    return {
        "key": mask("ROW", key),
        "tenant": mask("TENANT", tenant) if tenant else "",
        "column": column,
        "source": masked(one, mask),
        "target": masked(two, mask),
        "kind": kind,
    }


def masked(value: str, mask: Mask) -> str:
    """Its shape with a pseudonym behind it: the same value looks the same, and nothing of it can be read."""
    if not value:
        return "(empty)"
    shape = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", value[:24]))
    return f"{shape}{'…' if len(value) > 24 else ''} [{len(value)}] {mask('VALUE', value)}"


def kind_of(one: str, two: str) -> tuple[str, str]:
    """The kind of difference, and of a shifted time how many hours."""
    if (plain := _plain_kind(one.strip(), two.strip()) or _numbers(one, two)) is not None:
        return plain, ""
    if (dated := same_date(one, two)) is not None:
        return dated, ""
    if (timed := _times(one, two)) is not None:
        return timed
    short, long = sorted((one, two), key=len)
    if len(short) >= 8 and long.startswith(short):
        return "cut", ""
    if _broken(one, two) or _broken(two, one):
        return "letters", ""
    return "value", ""


def _plain_kind(one: str, two: str) -> str | None:
    """Nothing on both sides, the same letters, the same yes or no, or a number without the zeros in front of the
    other's: what has such zeros is a code and no amount."""
    nulls = (one.lower() in NULLS) + (two.lower() in NULLS)
    if nulls:
        return "empty" if nulls == 2 else "lost"
    if one.casefold() == two.casefold():
        return "blank" if one == two else "case"
    if not one.isascii() and normalize("NFC", one) == normalize("NFC", two):
        return "accents"
    if one_id(one) == one_id(two):
        return "id form"
    if same_document(one, two):
        return "document form"
    truth = TRUTH.get(one.lower())
    if truth is not None and truth is TRUTH.get(two.lower()):
        return "truth"
    return "zeros" if _lost_zeros(*sorted((one, two), key=len)) else None


def _lost_zeros(short: str, long: str) -> bool:
    digits = long.isascii() and long.isdecimal() and short.isdecimal() and len(long) > len(short)
    return digits and long.lstrip("0") == short.lstrip("0")


def _numbers(one: str, two: str) -> str | None:
    first, second = _amount(one), _amount(two)
    if first is None or second is None:
        return None
    if abs(first - second) <= TOLERANCE * max(abs(first), abs(second), 1.0):
        return "number"
    short, long = (first, second) if _decimals(one) < _decimals(two) else (second, first)
    step = 10.0 ** -min(_decimals(one), _decimals(two))
    if _decimals(one) == _decimals(two) or abs(first - second) >= step:
        return None
    if abs(first - second) <= 0.5000001 * step:
        return EITHER if abs(short) < abs(long) else "rounding"
    return "truncation" if abs(short) < abs(long) and short * long >= 0 else None


def _amount(text: str) -> float | None:
    """A number as programs write it, or as people do: with a comma before its decimals, or between its thousands."""
    try:
        found = float(text)
    except ValueError:
        found = None
    if found is not None:
        return found if isfinite(found) and "_" not in text else None  # to Python 1_000 is a number too
    return float(text.replace(",", "")) if THOUSANDS.fullmatch(text.strip()) else number(text) if "," in text else None


def _decimals(text: str) -> int:
    if "," in text and not THOUSANDS.fullmatch(text.strip()):
        return len(text.strip().partition(",")[2])
    return len(text.strip().partition(".")[2])


def _times(one: str, two: str) -> tuple[str, str] | None:
    first, second = any_moment(one), any_moment(two)
    if first is None or second is None:
        return None
    shift = (second - first).total_seconds()
    if abs(shift) < 0.001 or (abs(shift) < 1 and _decimals(one) != _decimals(two)):
        return "time form", ""
    halves = shift / 1_800
    if 1 <= abs(halves) <= 28 and abs(halves - round(halves)) < 1e-6:
        return "time shift", f"{shift / 3_600:+g} h"
    return None


def _broken(good: str, bad: str) -> bool:
    """UTF-8 read as a code page of eight bits, or letters that became question marks."""
    if good.isascii():
        return False
    for page in ("latin-1", "cp1252"):
        try:
            if good.encode().decode(page) == bad:
                return True
        except UnicodeError:
            continue
    plain = re.sub(r"[^\x00-\x7f]+", "?", good)
    return re.sub(r"[?\ufffd]+", "?", bad) == re.sub(r"\?+", "?", plain)
