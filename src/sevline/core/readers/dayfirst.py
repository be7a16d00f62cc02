"""Dates with slashes: whether a column of a table writes the day first, which one of its values may show for all."""

import re
from collections.abc import Iterable, Iterator, Mapping

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})((?:,? |T).{1,30})?")
Line = tuple[str, Mapping[str, str]]


def day_first_told(rows: Iterable[Line], sample: int = 500) -> Iterator[Line]:
    """The rows, with dates of columns that write the day first as `2026-11-24`; other columns stay as they are."""
    held: list[Line] = []
    waiting = iter(rows)
    for row in waiting:
        held.append(row)
        if len(held) >= sample:
            break
    columns = _day_first(values for _, values in held)
    yield from ((place, _rewritten(values, columns)) for place, values in held)
    yield from ((place, _rewritten(values, columns)) for place, values in waiting)


def _day_first(rows: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Columns in which some first part is above 12 and no second part is."""
    yes, no = set(), set()
    for values in rows:
        for column, value in values.items():
            if "/" in value and (found := _SLASHED.fullmatch(value.strip())) is not None:
                if int(found[1]) > 12:
                    yes.add(column)
                if int(found[2]) > 12:
                    no.add(column)
    return frozenset(yes - no)


def _rewritten(values: Mapping[str, str], columns: frozenset[str]) -> Mapping[str, str]:
    if not columns:
        return values
    return {column: _iso(value) if column in columns else value for column, value in values.items()}


def _iso(value: str) -> str:
    found = _SLASHED.fullmatch(value.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        return value
    clock = (found[4] or "").strip(" ,T")
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}{f' {_two_digits(clock)}' if clock else ''}"


def _two_digits(clock: str) -> str:
    return f"0{clock}" if re.match(r"\d:", clock) else clock
