"""Plans that MySQL prints as a tree, and MongoDB as a document."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sevline.core.readers.jsontext import escaped

#: Locator, kind, relation, rows expected, rows that came, loops, milliseconds; -1 for what is not told.
Step = tuple[str, str, str, float, float, int, float]
NUMBER = r"[\d.e+]{1,20}"
#: What stands behind a step. One cost, where PostgreSQL writes two.
COST = re.compile(
    rf"\(cost={NUMBER} rows=({NUMBER})\)"
    rf"(?: \(actual time={NUMBER}\.\.({NUMBER}) rows=({NUMBER}) loops=(\d{{1,12}})\))?"
)
STEP = re.compile(r"[|\s]*->\s+([A-Z][^:(]{2,200})")
#: How its steps that read all of a table begin, and the words for it.
WHOLE = {"Table scan": "Full table scan", "Index scan": "Full index scan", "Covering index scan": "Full index scan"}
COLLSCAN = "Full collection scan"
MOST_STEPS, DEEPEST = 1_000, 60


def tree_of(lines: Iterable[str]) -> list[Step]:
    """The steps of EXPLAIN FORMAT=TREE and EXPLAIN ANALYZE; none of a plan of PostgreSQL, which writes two costs."""
    return list(islice(_steps(lines), MOST_STEPS))


def _steps(lines: Iterable[str]) -> Iterator[Step]:
    for number, line in enumerate(lines, 1):
        at = line.find("(cost=", 0, 1_500)
        step = STEP.match(line[:at]) if at > 0 else None
        told = COST.match(line, at) if step else None
        if step is None or told is None:
            continue
        kind, _, relation = step[1].strip().partition(" on ")
        came, loops, took = (_amount(told[3]), int(told[4]), _amount(told[2])) if told[4] else (-1.0, 1, -1.0)
        name = relation.partition(" ")[0][:200]
        yield f"{number}:1", WHOLE.get(kind, kind[:60]), name, max(_amount(told[1]), 0.0), came, loops, took


def _amount(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def stages_of(document: Any) -> list[Step]:
    """Stages of MongoDB's `explain("executionStats")` that read a whole collection."""
    if not isinstance(document, dict) or not isinstance(document.get("queryPlanner"), dict):
        return []
    namespace = document["queryPlanner"].get("namespace")
    collection = namespace.partition(".")[2][:200] if isinstance(namespace, str) else ""
    stats = document.get("executionStats")
    return list(islice(_scans(stats, "/executionStats", collection), MOST_STEPS)) if isinstance(stats, dict) else []


def _scans(value: Any, pointer: str, collection: str, depth: int = 0) -> Iterator[Step]:
    if isinstance(value, dict) and depth < DEEPEST:
        if value.get("stage") == "COLLSCAN":
            read = _whole_number(value.get("docsExamined"))
            yield pointer, COLLSCAN, collection, max(read, 0.0), read, 1, -1.0
        for key, inner in value.items():
            yield from _scans(inner, f"{pointer}/{escaped(key)}", collection, depth + 1)
    for at, inner in enumerate(value if isinstance(value, list) and depth < DEEPEST else ()):
        yield from _scans(inner, f"{pointer}/{at}", collection, depth + 1)


def _whole_number(value: Any) -> float:
    """The shell writes large numbers as `{"$numberLong": "…"}`."""
    if isinstance(value, dict):
        value = value.get("$numberLong", value.get("$numberInt"))
        return (
            float(value)
            if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20
            else -1.0
        )
    return (
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18 else -1.0
    )
