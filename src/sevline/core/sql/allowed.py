"""What a query may be made of: the kinds of node, and of each kind the parts it may have. All else is refused.

The names are those of sqlglot's expressions, compared exactly, so that a subclass that a later version adds is not let
in. A part that is absent, false or empty needs no entry.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sevline.core.sql.catalogue import NAME, Dialect

if TYPE_CHECKING:
    from sqlglot import exp

_TWO = "this expression"

_NODES: Mapping[str, str] = {
    "Select": "expressions from_ joins where group having order limit offset distinct with_",
    "Union": f"{_TWO} distinct order limit offset with_",
    "Intersect": f"{_TWO} distinct order limit offset with_",
    "Except": f"{_TWO} distinct order limit offset with_",
    "With": "expressions",
    "CTE": "this alias",
    "From": "this",
    "Join": "this on side kind",
    "Where": "this",
    "Group": "expressions",
    "Having": "this",
    "Order": "expressions",
    "Ordered": "this desc nulls_first",
    "Limit": "expression",
    "Offset": "expression",
    "Distinct": "expressions",
    "Subquery": "this alias",
    "Table": "this db alias",
    "TableAlias": "this",
    "Alias": "this alias",
    "Column": "this table",
    "Identifier": "this quoted",
    "Star": "",
    "Literal": "this is_string",
    "Boolean": "this",
    "Null": "",
    "Placeholder": "this",
    "Paren": "this",
    "Not": "this",
    "Neg": "this",
    "And": _TWO, "Or": _TWO, "EQ": _TWO, "NEQ": _TWO, "GT": _TWO, "GTE": _TWO, "LT": _TWO, "LTE": _TWO,
    "Add": _TWO, "Sub": _TWO, "Mul": _TWO, "Div": f"{_TWO} typed safe", "Mod": _TWO, "DPipe": f"{_TWO} safe",
    "Is": _TWO, "Like": _TWO,
    "Between": "this low high",
    "In": "this expressions query",
    "Exists": "this",
    "Case": "this ifs default",
    "If": "this true",
    "Cast": "this to",
    "DataType": "this",
    # Functions: each is without side effect, reads nothing but its arguments, and makes no long text of a short one.
    "Abs": "this", "Avg": "this", "Coalesce": "this expressions", "Count": "this big_int", "Length": "this",
    "Lower": "this", "Max": "this", "Min": "this", "Nullif": _TWO, "Round": "this decimals",
    "Substring": "this start length", "Sum": "this", "Trim": "this", "Upper": "this", "CurrentTimestamp": "",
}  # fmt: skip
_OF_DIALECT: Mapping[Dialect, Mapping[str, str]] = {
    "postgres": {"ILike": _TWO, "TimestampTrunc": "this unit", "Extract": _TWO, "Interval": "this unit", "Var": "this"},
    "sqlite": {"Date": "this"},
}
NODES: Mapping[Dialect, Mapping[str, frozenset[str]]] = {
    dialect: {name: frozenset(parts.split()) for name, parts in {**_NODES, **more}.items()}
    for dialect, more in _OF_DIALECT.items()
}
TYPES = frozenset(
    {"TEXT", "VARCHAR", "INT", "BIGINT", "SMALLINT", "DOUBLE", "FLOAT", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP",
     "TIMESTAMPTZ", "TIMESTAMPLTZ"}
)  # fmt: skip
UNITS = frozenset({"SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "EPOCH", "DOW"})
AGGREGATES = frozenset({"Avg", "Count", "Max", "Min", "Sum"})
SIDES = frozenset({"", "LEFT"})
KINDS = frozenset({"", "INNER"})

_WORDS = {
    "Command": "this statement",
    "Insert": "INSERT",
    "Update": "UPDATE",
    "Delete": "DELETE",
    "Into": "SELECT INTO",
    "Lock": "FOR UPDATE",
    "Window": "a window function",
    "WindowSpec": "a window function",
    "TableColumn": "a whole row of a table as a value",
    "Dot": "a part of a whole row",
    "Tuple": "a list of values in brackets",
    "Array": "an array",
    "Bracket": "an element of an array",
    "Parameter": "a variable such as @name",
    "SessionParameter": "a variable of the session",
    "Fetch": "FETCH; write LIMIT",
    "Filter": "FILTER",
    "TableSample": "TABLESAMPLE",
    "Lateral": "LATERAL",
    "Unnest": "UNNEST",
    "Values": "VALUES",
    "SimilarTo": "SIMILAR TO; write LIKE",
    "RegexpLike": "a regular expression; write LIKE",
    "RegexpILike": "a regular expression; write ILIKE",
    "Glob": "GLOB; write LIKE",
    "Collate": "COLLATE",
    "NullSafeEQ": "IS NOT DISTINCT FROM",
    "NullSafeNEQ": "IS DISTINCT FROM",
    "HexString": "a number in hexadecimal",
    "BitString": "a string of bits",
    "ByteString": "a string of bytes",
    "National": "a national string",
    "Interval": "INTERVAL",
    "BitwiseAnd": "&",
    "BitwiseOr": "|",
    "BitwiseXor": "#",
    "BitwiseNot": "~",
    "WithinGroup": "WITHIN GROUP",
    "GroupingSets": "GROUPING SETS",
    "Cube": "CUBE",
    "Rollup": "ROLLUP",
    "RawString": "a raw string",
    "UnicodeString": "a string of U& escapes",
    "Placeholder": "A parameter",
    "JSONExtract": "a part of a JSON value",
    "JSONExtractScalar": "a part of a JSON value",
}
_PARTS = {
    "jdbc": "a bare ?; write :name", "laterals": "LATERAL", "windows": "WINDOW", "sample": "TABLESAMPLE",
    "expression": "characters to trim", "recursive": "RECURSIVE", "on": "ON", "using": "USING",
    "false": "three values; write CASE", "method": "NATURAL", "catalog": "a database in front of its schema",
    "into": "INTO", "locks": "FOR UPDATE", "hint": "hints", "all": "ALL", "totals": "TOTALS",
    "operation_modifiers": "such words behind SELECT",
}  # fmt: skip


def strange(tree: "exp.Expr", dialect: Dialect) -> Iterator[str]:
    """A sentence for each node or part of one that is not on the list."""
    known = NODES[dialect]
    for node in tree.walk(prune=lambda node: type(node).__name__ not in known):  # what is inside needs no words more
        name = type(node).__name__
        if name not in known:
            yield f"A query may not use {_called(node, name)}."
            continue
        given = {part for part, value in node.args.items() if value not in (None, False, [], "")}
        if more := given - known[name]:
            part = min(more).strip("_")
            said = _called(node, name)
            yield f"{said[:1].upper()}{said[1:]} may not have {_PARTS.get(part, f'“{part.upper()}”')}."
        else:
            yield from _values(node, name)


def _called(node: "exp.Expr", name: str) -> str:
    """What a person would call it; a function by the name it was given."""
    from sqlglot import exp

    if name == "Anonymous":
        return f"the function “{node.name[:40]}”"
    if name in _WORDS:
        return _WORDS[name]
    if isinstance(node, exp.Func) and not isinstance(node, exp.Binary | exp.Unary):
        return f"the function {node.sql_name()}"
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).upper()


def _values(node: "exp.Expr", name: str) -> Iterator[str]:
    """A sentence where the content of a listed node is not: names, types, units, sides, counts."""
    judge = _JUDGES.get(name)
    if judge is not None and (fault := judge(node.args)):
        yield fault


def _identifier(args: dict[str, Any]) -> str:
    name = str(args["this"])
    if NAME.fullmatch(name) or _is_column_of_constant(name):
        return ""
    return f"The name “{name[:40]}” is not made of ASCII letters, digits and underscores."


def _data_type(args: dict[str, Any]) -> str:
    name = str(getattr(args["this"], "name", args["this"]))
    return "" if name in TYPES else f"A query may not cast to {name[:40].lower()}."


def _unit(args: dict[str, Any]) -> str:
    name = str(args["this"])
    return "" if name.upper() in UNITS else f"“{name[:40]}” is not a unit of time."


def _join(args: dict[str, Any]) -> str:
    side, kind = args.get("side") or "", args.get("kind") or ""
    return (
        "" if side in SIDES and kind in KINDS else f"Join with JOIN or LEFT JOIN, not {f'{side} {kind}'.strip()} JOIN."
    )


def _count(args: dict[str, Any]) -> str:
    return "" if _is_count(args["expression"]) else "LIMIT and OFFSET take a whole number."


_JUDGES: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "Identifier": _identifier,
    "DataType": _data_type,
    "Var": _unit,
    "Join": _join,
    "Limit": _count,
    "Offset": _count,
}


def _is_column_of_constant(name: str) -> bool:
    """The qualifier calls the column of `select 1` “1”."""
    return name.isascii() and name.isdigit() and len(name) < 20


def _is_count(value: Any) -> bool:
    return type(value).__name__ == "Literal" and not value.is_string and str(value.this).isascii() and value.is_int
