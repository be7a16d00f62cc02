"""Slow operations in MongoDB's log: a line of JSON from 4.4 on, before that a sentence with `planSummary` and `…ms`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sevline.core.readers.jsontext import BadJsonError, decode

MARK = '"Slow query"'
#: What the older form says, in this order; what stands between differs by version. Each is looked for behind the one
#: before it: as one pattern they would be tried in all combinations of their places.
SPACE = re.compile(r"\b(?:command|query|update|remove|getmore) ([\w$-]{1,120}\.[\w.$-]{1,200}) ")
PLAN = re.compile(r"planSummary: ([A-Z_]{1,40})")
EXAMINED = re.compile(r"docsExamined:(\d{1,15})")
RETURNED = re.compile(r"\bnreturned:(\d{1,15})")
MILLIS = re.compile(r"\b(\d{1,12})ms$")
LONGEST = 20_000
#: What is more than this many milliseconds or documents is no count; JSON has numbers of any length.
MOST = 10**15
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
            document = decode(line.encode("utf-8", "surrogatepass"))
        except BadJsonError:
            return None
        told = document.get("attr") if isinstance(document, dict) else None
        return _structured(told) if isinstance(told, dict) else None
    return _spoken(line[:LONGEST].rstrip()) if "planSummary: " in line else None


def _spoken(line: str) -> SlowOperation | None:
    millis, space = MILLIS.search(line, max(0, len(line) - 20)), SPACE.search(line)
    plan = PLAN.search(line, space.end() - 1) if space else None
    examined = EXAMINED.search(line, plan.end()) if plan else None
    if not (millis and space and plan and examined):
        return None
    sent = RETURNED.search(line, examined.end())
    shape = f"{space[1]} ({plan[1]})"
    return SlowOperation(float(millis[1]), shape, int(examined[1]), int(sent[1]) if sent else -1)


def _structured(told: Mapping[str, Any]) -> SlowOperation | None:
    millis, space = told.get("durationMillis"), told.get("ns")
    if not isinstance(millis, int | float) or not 0 <= millis < MOST or not isinstance(space, str):
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
    return value if isinstance(value, int) and value < MOST else -1


def _shape(value: object, depth: int = 0) -> str:
    """The condition with its fields and operators and without what they are compared with."""
    if isinstance(value, dict) and depth < DEEPEST:
        return "{" + ", ".join(f"{key}: {_shape(one, depth + 1)}" for key, one in list(value.items())[:WIDEST]) + "}"
    if isinstance(value, list) and value and isinstance(value[0], dict) and depth < DEEPEST:
        return "[" + ", ".join(_shape(one, depth + 1) for one in value[:WIDEST]) + "]"
    return "?"
