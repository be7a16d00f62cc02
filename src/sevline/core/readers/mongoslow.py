"""Slow operations in MongoDB's log: a line of JSON from 4.4 on, before that a sentence with `planSummary` and `…ms`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sevline.core.readers.jsontext import BadJsonError, decode

MARK = '"Slow query"'
#: What the older form says, in this order; what stands between differs by version.
SENTENCE = re.compile(
    r"\b(?:command|query|update|remove|getmore) (?P<ns>[\w$-]{1,120}\.[\w.$-]{1,200}) .{0,4000}?"
    r"planSummary: (?P<plan>[A-Z_]{1,40}).{0,2000}?docsExamined:(?P<docs>\d{1,15})"
    r"(?:.{0,2000}?\bnreturned:(?P<sent>\d{1,15}))?.{0,4000}?\b(?P<millis>\d{1,12})ms$"
)
#: Where an operation keeps the condition that an index would serve.
CONDITIONS = ("filter", "query", "q", "pipeline", "updates", "deletes")
DEEPEST, WIDEST = 4, 12


@dataclass(frozen=True, slots=True)
class SlowOperation:
    """`shape` has no values; `examined` documents and `sent` are -1 where the line does not tell them."""

    millis: float
    shape: str
    examined: int
    sent: int


def slow_operation(line: str) -> SlowOperation | None:
    """What one line of the log tells of an operation that was slow; None where it tells of none."""
    if MARK in line:
        try:
            document = decode(line.encode())
        except BadJsonError:
            return None
        told = document.get("attr") if isinstance(document, dict) else None
        return _structured(told) if isinstance(told, dict) else None
    found = SENTENCE.search(line[:20_000].rstrip()) if "planSummary: " in line else None
    if found is None:
        return None
    sent = int(found["sent"]) if found["sent"] else -1
    return SlowOperation(float(found["millis"]), f"{found['ns']} ({found['plan']})", int(found["docs"]), sent)


def _structured(told: Mapping[str, Any]) -> SlowOperation | None:
    millis, space = told.get("durationMillis"), told.get("ns")
    if not isinstance(millis, int | float) or not isinstance(space, str):
        return None
    command = told.get("command")
    held = command if isinstance(command, dict) else {}
    condition = next((_shape(held[key]) for key in CONDITIONS if key in held), "")
    plan = str(told.get("planSummary", "")).partition(" ")[0]
    words = (next(iter(held), str(told.get("type", ""))), space, condition, f"({plan})" if plan else "")
    return SlowOperation(
        float(millis), " ".join(filter(None, words)), _count(told, "docsExamined"), _count(told, "nreturned")
    )


def _count(told: Mapping[str, Any], key: str) -> int:
    value = told.get(key)
    return value if isinstance(value, int) else -1


def _shape(value: object, depth: int = 0) -> str:
    """The condition with its fields and operators and without what they are compared with."""
    if isinstance(value, dict) and depth < DEEPEST:
        return "{" + ", ".join(f"{key}: {_shape(one, depth + 1)}" for key, one in list(value.items())[:WIDEST]) + "}"
    if isinstance(value, list) and value and isinstance(value[0], dict) and depth < DEEPEST:
        return "[" + ", ".join(_shape(one, depth + 1) for one in value[:WIDEST]) + "]"
    return "?"
