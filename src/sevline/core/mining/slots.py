"""What the variables of a pattern hold, and the fields that its records name: kind, how many values, the most frequent
ones, told from its sampled records."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sevline.core.mining.fieldtexts import fields_in

VALUE = "<*>"
TOP = 5
MOST_FIELDS = 40
"""Fields told of a pattern, those that most of its records name."""

_VALUE_SIGNS = 80

_KINDS = (
    ("uuid", re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
    ("time", re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?\S*)?|\d\d:\d\d:\d\d(?:[.,]\d+)?")),
    ("ip", re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}")),
    ("hex", re.compile(r"0x[0-9a-fA-F]+|(?=[^\s]*\d)(?=[^\s]*[a-f])[0-9a-f]{8,}")),
    ("boolean", re.compile(r"true|false", re.IGNORECASE)),
    ("integer", re.compile(r"[+-]?\d+")),
    ("number", re.compile(r"[+-]?\d+[.,]\d+(?:[eE][+-]?\d+)?")),
    ("duration", re.compile(r"[+-]?\d+(?:\.\d+)? ?(?:ns|us|µs|ms|s|m|min|h|d)")),
    ("size", re.compile(r"\d+(?:\.\d+)? ?(?:[kKMGT]i?)?[Bb]")),
    ("address", re.compile(r"[a-z][a-z0-9+.-]*://\S+")),
    ("path", re.compile(r"(?:/|\.{1,2}/|[A-Z]:\\)\S*")),
    ("quoted", re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")),
    ("word", re.compile(r"[\w./:@#$-]+")),
)


class Sample(NamedTuple):
    """A sampled record. `weight`: the number of records that it stands for. `fields`: its line, as far as it was kept,
    where named fields stand in it beside the message."""

    weight: float
    text: bytes
    fields: bytes = b""


@dataclass(frozen=True, slots=True)
class Slot:
    """One variable of a template, the first being 0, or behind them a field that the records name. `key`: the word
    before a variable where that names it (`user=`, `fd:`), or the field's name, that of an inner one with dots.

    `kind`: what most of its values look like. `distinct`: different values in the sample; `sampled`: records looked at.
    `top`: values with their estimated share of the pattern's records, 0 to 1.
    """

    number: int
    key: str
    kind: str
    distinct: int
    sampled: int
    top: tuple[tuple[str, float], ...]


def slots_of(template: str, samples: Iterable[Sample]) -> tuple[Slot, ...]:
    """The variables of the template in their order, then the other fields, those that most records name first."""
    words = template.split(" ")
    names = [word.rstrip("=:") if word[-1:] in "=:" else "" for word in ["", *words]]
    places = [index for index, word in enumerate(words) if word == VALUE]
    found: list[Counter[str]] = [Counter() for _ in places]
    named = _Fields()
    number = 0
    for weight, text, line in samples:
        values = values_in(words, text.decode("utf-8", "replace").partition("\n")[0])
        number += 1
        for counter, value in zip(found, values, strict=False):
            if value:
                counter[value[:_VALUE_SIGNS]] += weight  # type: ignore[assignment]  # weights are shares of records
        if line:
            named.add(weight, line.decode("utf-8", "replace"))
    slots = [
        _slot(index, names[place], counter, number)
        for index, (place, counter) in enumerate(zip(places, found, strict=True))
    ]
    return (*slots, *named.slots(len(slots), known={slot.key for slot in slots if slot.key}))


class _Fields:
    """Values of each field over the sampled records."""

    def __init__(self) -> None:
        self._values: dict[str, Counter[str]] = {}
        self._seen: Counter[str] = Counter()

    def add(self, weight: float, line: str) -> None:
        for key, value in fields_in(line).items():
            self._values.setdefault(key, Counter())[value[:_VALUE_SIGNS]] += weight  # type: ignore[assignment]
            self._seen[key] += 1

    def slots(self, number: int, known: set[str]) -> "Iterator[Slot]":
        keys = [key for key, _ in self._seen.most_common() if key not in known][:MOST_FIELDS]
        for place, key in enumerate(keys, number):
            yield _slot(place, key, self._values[key], self._seen[key])


def as_read(template: str) -> str:
    """A template for people: the value of a key stands at its sign, as it does in the records."""
    return template.replace(f"= {VALUE}", f"={VALUE}")


def values_in(words: Sequence[str], text: str) -> list[str]:
    """What stands where the template has a variable: the words are looked for one after the other. Variables behind
    each other are parted by blanks."""
    values: list[str] = []
    at, waiting = 0, 0
    for word in words:
        if word == VALUE:
            waiting += 1
            continue
        place = text.find(word, at)
        if place < 0:
            break
        if waiting:
            values += _parted(text[at:place].strip(" ,;"), waiting)
            waiting = 0
        at = place + len(word)
    if waiting:
        values += _parted(text[at:].strip(" ,;."), waiting)
    return values


def _parted(text: str, count: int) -> list[str]:
    parts = text.rsplit(maxsplit=count - 1) if count > 1 else [text]
    return parts + [""] * (count - len(parts))


def constant_text(template: str, example: str) -> str:
    """The longest run of words of a template that stands in an example as it is: what to look for its records by."""
    best = ""
    for piece in template.split(VALUE):
        words = piece.split()
        for begin in range(len(words)):
            run = ""
            for word in words[begin:]:
                longer = f"{run} {word}".strip()
                if longer not in example:
                    break
                run = longer
            best = max(best, run, key=len)
    return best


def _slot(number: int, key: str, values: "Counter[str]", sampled: int) -> Slot:
    total = sum(values.values())
    kinds = Counter[str]()
    for value, weight in values.items():
        kinds[kind_of(value)] += weight
    top = sorted(values.items(), key=lambda item: (-item[1], item[0]))[:TOP]
    shares = tuple((value, round(weight / total, 4)) for value, weight in top)
    kind = min(kinds, key=lambda name: (-kinds[name], name)) if kinds else "text"
    return Slot(number, key, kind, len(values), sampled, shares)


def kind_of(value: str) -> str:
    """The first kind whose form the whole value has; `text` for any other."""
    return next((kind for kind, form in _KINDS if form.fullmatch(value)), "text")
