"""Which column of a foreign table is which: by names that people give it, and by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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
    return re.sub(r"[^a-z0-9]+", "_", split.lower()).strip("_")


def assign(columns: Sequence[str], sample: Mapping[str, Sequence[str]], fields: Sequence[Field]) -> Assignment:
    """Each field takes the column that fits it best; a column is taken once, by the field that names it best."""
    scored = [
        (score, -at, -place, each, column)
        for at, each in enumerate(fields)
        for place, column in enumerate(columns)
        if (score := _score(each, column, sample.get(column, ()))) > 0
    ]
    taken: dict[str, str] = {}
    questions: list[str] = []
    for score, _, _, each, column in sorted(scored, key=lambda one: one[:3], reverse=True):
        if each.key in taken or column in taken.values():
            continue
        rivals = [other for rank, _, _, one, other in scored if one is each and rank == score and other != column]
        rivals = [other for other in rivals if other not in taken.values()]
        if rivals and each.required and snake(column) != snake(rivals[0]):
            both = " or ".join(f"“{name}”" for name in (column, *rivals[:2]))
            questions.append(f"Which column holds the {each.key.replace('_', ' ')}: {both}? “{column}” was taken.")
        taken[each.key] = column
    lacking = tuple(each.key for each in fields if each.required and each.key not in taken)
    marks = sum(each.marks for each in fields if each.key in taken)
    ordered = {each.key: taken[each.key] for each in fields if each.key in taken}
    return Assignment(ordered, tuple(questions), lacking, marks)


def _score(each: Field, column: str, values: Sequence[str]) -> int:
    """An exact name weighs 100 less its place, a name ending 50, a word inside 20; content that does not fit 0."""
    name = snake(column)
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


def number(value: str) -> float | None:
    """A decimal number with an optional unit behind it; None where there is none."""
    found = re.fullmatch(
        r"\s*([+-]?\d{1,15}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?)\s*(ms|s|sec|seconds|us|µs|b|bytes)?\s*", value
    )
    return float(found[1]) if found else None


def millis(value: str, column: str) -> float | None:
    """A duration in milliseconds: the value's unit, or the column's name, or its size says what it is in."""
    amount = number(value)
    if amount is None:
        return None
    name, text = snake(column), value.strip().lower()
    if text.endswith(("us", "µs")) or name.endswith(("_us", "_micros", "microseconds")):
        return amount / 1000
    if text.endswith("ms") or name.endswith(("_ms", "ms", "millis", "milliseconds")):
        return amount
    in_seconds = text.endswith(("s", "sec", "seconds")) or name.endswith(("_s", "_sec", "_secs", "_seconds", "seconds"))
    return amount * 1000 if in_seconds or ("." in text and amount < 300) else amount
