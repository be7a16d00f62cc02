"""Which column of a foreign table is which: by names that people give it, and by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sevline.core.readers.columnwords import english, plain_letters
from sevline.core.readers.moments import any_moment

Looks = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """`known`: names in snake case, best first; `looks` judges a value; `marks` say how far it tells the role."""

    key: str
    known: str
    looks: Looks | None = None
    required: bool = False
    marks: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.known.split())


@dataclass(frozen=True, slots=True)
class Assignment:
    """`taken` maps a field to its column; `questions` are sentences on what two columns could be, or none is."""

    taken: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    marks: int = 0

    def get(self, row: Mapping[str, str], key: str) -> str:
        return row.get(self.taken.get(key, "\0"), "").strip()

    @property
    def told(self) -> str:
        return ", ".join(f"{key.replace('_', ' ')} = “{column}”" for key, column in self.taken.items())


@lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """`responseStatusCode`, `Response Status-Code` and `response.status_code` are one name."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9]+", "_", plain_letters(split)).strip("_")


def assign(columns: Sequence[str], sample: Mapping[str, Sequence[str]], fields: Sequence[Field]) -> Assignment:
    """Each field takes the column that fits it best; a column is taken once, by the field that names it best."""
    taken: dict[str, str] = {}
    questions: list[str] = []
    scored = _ranked(columns, sample, fields)
    for one in scored:
        if one.field.key in taken or one.column in taken.values():
            continue
        rivals = [other.column for other in scored if _rivals(one, other) and other.column not in taken.values()]
        if rivals and one.field.required:
            questions.append(_question(one, rivals))
        taken[one.field.key] = one.column
    _needed_first(taken, scored)
    return _assignment(taken, tuple(questions), fields)


def _needed_first(taken: dict[str, str], scored: "Sequence[Scored]") -> None:
    """A field that is needed and has no column takes one from a field that could do without it."""
    needed = {one.field.key for one in scored if one.field.required}
    for one in scored:
        holder = next((key for key, column in taken.items() if column == one.column), "")
        if one.field.required and one.field.key not in taken and holder not in needed:
            taken.pop(holder, None)
            taken[one.field.key] = one.column


def _assignment(taken: Mapping[str, str], questions: tuple[str, ...], fields: Sequence[Field]) -> Assignment:
    lacking = tuple(each.key for each in fields if each.required and each.key not in taken)
    chosen = [each for each in fields if each.key in taken]
    ordered = {each.key: taken[each.key] for each in chosen}
    return Assignment(ordered, questions, lacking, sum(each.marks for each in chosen))


def _question(one: "Scored", rivals: Sequence[str]) -> str:
    both = " or ".join(f"“{name}”" for name in (one.column, *rivals[:2]))
    return f"Which column holds the {one.field.key.replace('_', ' ')}: {both}? “{one.column}” was taken."


def _ranked(columns: Sequence[str], sample: Mapping[str, Sequence[str]], fields: Sequence[Field]) -> list["Scored"]:
    """Every column that a field could take, the best fit first."""
    scored = [
        Scored(_score(each, column, sample.get(column, ())), at, place, each, column)
        for at, each in enumerate(fields)
        for place, column in enumerate(columns)
    ]
    return sorted((one for one in scored if one.score), key=lambda one: (-one.score, one.at, one.place))


class Scored(NamedTuple):
    score: int
    at: int
    place: int
    field: Field
    column: str


def _rivals(one: Scored, other: Scored) -> bool:
    """Another column that fits the same field just as well, and is not the same name written differently."""
    same = one.field is other.field and one.score == other.score
    return same and snake(one.column) != snake(other.column)


#: A time zone behind the name of a time: `Sent (UTC)`, `timestamp_utc`.
_ZONE = re.compile(r"(?<=[a-z0-9])_(?:utc|gmt|zulu|c?est|cet|m[es]z|local_time|utc_0)$")


def _score(each: Field, column: str, values: Sequence[str]) -> int:
    """An exact name weighs 100 less its place, a name ending 50, a word inside 20; content that does not fit 0."""
    name = _ZONE.sub("", english(snake(column)))
    if name in each.names:
        score = 100 - each.names.index(name)
    elif any(name.endswith(f"_{known}") for known in each.names):
        score = 50
    elif any(f"_{known}_" in f"_{name}_" for known in each.names if len(known) > 4):
        score = 20
    else:
        return 0
    if each.looks is None or not values:
        return score
    fitting = sum(1 for value in values if each.looks(value))
    return score if fitting * 10 >= len(values) * 8 else 0


def is_moment(value: str) -> bool:
    return any_moment(value) is not None


def is_number(value: str) -> bool:
    return number(value) is not None


def is_status(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}|-|none|null", value.strip().lower()))


_NUMBER = re.compile(r"\s*([+-]?\d{1,15}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?)\s*(ms|s|sec|seconds|us|µs|b|bytes)?\s*")
#: A comma before one, two or more than three digits, or behind a zero, or behind groups with points, is a decimal one.
_COMMA = re.compile(r"(\s*[+-]?)(0|\d{1,15}|\d{1,3}(?:\.\d{3}){1,4}),(\d{1,20})(\s*[A-Za-zµ]{0,7}\s*)")


def number(value: str) -> float | None:
    """A decimal number with an optional unit behind it; None where there is none.

    `0,42` and `1.234,5` are numbers as well; `1,234` is none, since it can be two of them.
    """
    found = _NUMBER.fullmatch(value)
    if found is None and "," in value and (comma := _COMMA.fullmatch(value)) is not None:
        if len(comma[3]) == 3 and comma[2] != "0" and "." not in comma[2]:
            return None
        found = _NUMBER.fullmatch(f"{comma[1]}{comma[2].replace('.', '')}.{comma[3]}{comma[4]}")
    return float(found[1]) if found else None
