"""Slow query logs of MySQL, PostgreSQL and MongoDB, and the plans that EXPLAIN prints."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sevline.core.finding import Evidence, Given
from sevline.core.readers.jsontext import escaped
from sevline.core.readers.mongoslow import slow_operation
from sevline.core.readers.moreplans import COLLSCAN, stages_of, tree_of

MAX_QUERIES = 50_000
MYSQL = re.compile(
    r"^# Query_time: ([\d.]{1,20})\s+Lock_time: ([\d.]{1,20})(?:\s+Rows_sent: (\d{1,18})\s+Rows_examined: (\d{1,18}))?"
)
POSTGRES = re.compile(
    r"duration: ([\d.]{1,20}) ms\s{1,4}(?:statement|execute [^:]{1,80}|parse [^:]{1,80}|bind [^:]{1,80}): (.{1,4000})"
)
PLAN = re.compile(
    r"^(\s*)(?:->\s+)?([A-Z][A-Za-z ]{3,60}?)(?: using (\S{1,100}))?(?: on (\S{1,200})(?: "
    r"\S{1,80})?)?\s+\(cost=[\d.]+\.\.([\d.]{1,20}) rows=(\d{1,15})[^)]*\)(.{0,200})"
)
ACTUAL = re.compile(r"actual time=([\d.]{1,20})\.\.([\d.]{1,20}) rows=([\d.]{1,15}) loops=(\d{1,12})")
SETTING = re.compile(r"^(?:SET timestamp=|use )", re.IGNORECASE)
LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|\$\d+")


@dataclass(frozen=True, slots=True)
class Query:
    """`shape` is the statement without its values; rows are -1 where they are not told."""

    locator: str
    millis: float
    shape: str
    examined: int = -1
    sent: int = -1
    lock_millis: float = 0.0


@dataclass(frozen=True, slots=True)
class SlowQueries(Given):
    what = "a slow query log"
    how = (
        "Switch it on for the time of the fault: `SET GLOBAL slow_query_log = 1, long_query_time = 0.5` (MySQL), "
        "`ALTER SYSTEM SET log_min_duration_statement = 500` and reload (PostgreSQL), `db.setProfilingLevel(0, 500)` "
        "(MongoDB)."
    )

    artifact: str
    queries: tuple[Query, ...]

    def cite(self, query: Query, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, query.locator, str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class PlanNode:
    """`actual` rows and `millis` are -1 in a plan that was not run; `removed` rows a filter threw away."""

    locator: str
    kind: str
    relation: str
    estimated: float
    actual: float = -1.0
    loops: int = 1
    millis: float = -1.0
    removed: float = 0.0


@dataclass(frozen=True, slots=True)
class QueryPlan(Given):
    what = "the plan of a slow query"
    how = "Run `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) <query>` on a replica and save what it prints."

    artifact: str
    nodes: tuple[PlanNode, ...]

    def cite(self, node: PlanNode, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, node.locator, str(observed), str(expected))


def shape_of(statement: str) -> str:
    plain = LITERAL.sub("?", re.sub(r"\s+", " ", statement.strip()))
    return re.sub(r"\((?:\s*\?\s*,?)+\)", "(?)", plain)[:300]


def looks_like_slow_log(lines: Iterable[str]) -> bool:
    return any(MYSQL.match(line) or POSTGRES.search(line) or slow_operation(line) for line in lines)


def read_slow_log(lines: Iterable[str], artifact: str) -> SlowQueries | None:
    scan = _SlowLog()
    for number, line in enumerate(lines, 1):
        if len(scan.found) >= MAX_QUERIES:
            break
        scan.take(number, line)
    scan.close()
    return SlowQueries(artifact, tuple(scan.found)) if scan.found else None


class _SlowLog:
    """In MySQL's form a comment with the times stands above the statement; in PostgreSQL's all is on one line."""

    def __init__(self) -> None:
        self.found: list[Query] = []
        self.header: Query | None = None
        self.statement: list[str] = []

    def take(self, number: int, line: str) -> None:
        if told := MYSQL.match(line):
            self.close()
            examined, sent = int(told[4] or -1), int(told[3] or -1)
            self.header = Query(f"{number}:1", float(told[1]) * 1000, "", examined, sent, float(told[2]) * 1000)
        elif told := POSTGRES.search(line[:6000]):
            self.found.append(Query(f"{number}:1", float(told[1]), shape_of(told[2])))
        elif (slow := slow_operation(line)) is not None:
            self.found.append(Query(f"{number}:1", slow.millis, slow.shape, slow.examined, slow.sent))
        elif line.startswith("#"):
            self.close()
        elif self.header is not None and len(self.statement) < 60 and not SETTING.match(line):
            self.statement.append(line)

    def close(self) -> None:
        if self.header is not None and self.statement:
            self.found.append(replace(self.header, shape=shape_of(" ".join(self.statement))))
            self.header = None
        self.statement = []


def read_plan_text(lines: Sequence[str], artifact: str) -> QueryPlan | None:
    if steps := tree_of(lines):
        return QueryPlan(artifact, tuple(PlanNode(*step) for step in steps))
    nodes: list[PlanNode] = []
    for number, line in enumerate(lines, 1):
        told = PLAN.match(line[:1000].strip("| ")) or PLAN.match(line[:1000])
        if told is None:
            if nodes and (removed := re.search(r"Rows Removed by Filter: (\d{1,15})", line)):
                last = nodes[-1]
                nodes[-1] = PlanNode(
                    last.locator,
                    last.kind,
                    last.relation,
                    last.estimated,
                    last.actual,
                    last.loops,
                    last.millis,
                    float(removed[1]),
                )
            continue
        run = ACTUAL.search(told[7])
        actual, loops, took = (float(run[3]), int(run[4]), float(run[2])) if run else (-1.0, 1, -1.0)
        nodes.append(PlanNode(f"{number}:1", told[2].strip(), told[4] or "", float(told[6]), actual, loops, took))
    return QueryPlan(artifact, tuple(nodes)) if nodes else None


#: Columns that only the table of MySQL's EXPLAIN has.
MYSQL_PLAN = frozenset({"select_type", "possible_keys", "key_len"})
#: How MySQL reaches a table, and MongoDB a collection: what stands for a scan of all of it.
SCANS = {"ALL": "Full table scan", "index": "Full index scan", "COLLSCAN": COLLSCAN}


def plan_of_rows(rows: Iterable[tuple[str, Mapping[str, str]]], artifact: str) -> QueryPlan | None:
    """The plan that MySQL prints as a table, one row a step; None for every other table."""
    nodes = []
    for place, row in rows:
        if not row.keys() >= MYSQL_PLAN:
            return None
        access, extra = row.get("type", ""), row.get("Extra", "")
        kind = SCANS.get(access, access or "no access")
        told = f"{kind}, {extra}" if "filesort" in extra or "temporary" in extra else kind
        nodes.append(PlanNode(place, told, row.get("table", ""), _text_number(row.get("rows", ""))))
    return QueryPlan(artifact, tuple(nodes)) if nodes else None


def _text_number(text: str) -> float:
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0.0


def _mysql_nodes(value: Any, pointer: str, depth: int = 0) -> Iterator[PlanNode]:
    """Tables of MySQL's EXPLAIN in JSON, wherever they stand in its query block."""
    if isinstance(value, dict) and depth < 60:
        table, access = value.get("table_name"), value.get("access_type")
        if isinstance(table, str) and isinstance(access, str):
            rows = _number(value.get("rows_examined_per_scan", value.get("rows")), 0.0)
            yield PlanNode(pointer, SCANS.get(access, access)[:60], table[:200], rows)
        for key, inner in value.items():
            yield from _mysql_nodes(inner, f"{pointer}/{escaped(key)}", depth + 1)
    for at, inner in enumerate(value if isinstance(value, list) and depth < 60 else ()):
        yield from _mysql_nodes(inner, f"{pointer}/{at}", depth + 1)


def read_plan_json(document: Any, artifact: str) -> QueryPlan | None:
    if isinstance(document, dict) and isinstance(document.get("query_block"), dict):
        nodes = tuple(_mysql_nodes(document["query_block"], "/query_block"))
        return QueryPlan(artifact, nodes) if nodes else None
    if stages := stages_of(document):
        return QueryPlan(artifact, tuple(PlanNode(*stage) for stage in stages))
    first = document[0] if isinstance(document, list) and document else document
    root = first.get("Plan") if isinstance(first, dict) else None
    if not isinstance(root, dict) or "Node Type" not in root:
        return None
    pointer = "/0/Plan" if isinstance(document, list) else "/Plan"
    return QueryPlan(artifact, tuple(_nodes(root, pointer)))


def _nodes(root: dict[str, Any], pointer: str) -> Iterator[PlanNode]:
    waiting = [(root, pointer)]
    while waiting:
        node, place = waiting.pop()
        yield PlanNode(
            place,
            str(node.get("Node Type", ""))[:60],
            str(node.get("Relation Name") or "")[:200],
            _number(node.get("Plan Rows"), 0.0),
            _number(node.get("Actual Rows"), -1.0),
            int(_number(node.get("Actual Loops"), 1.0)),
            _number(node.get("Actual Total Time"), -1.0),
            _number(node.get("Rows Removed by Filter"), 0.0),
        )
        inner = node.get("Plans")
        waiting += [
            (each, f"{place}/Plans/{at}")
            for at, each in enumerate(inner if isinstance(inner, list) else ())
            if isinstance(each, dict)
        ]


def _number(value: Any, default: float) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default
