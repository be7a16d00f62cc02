"""Values that an export wraps in the name of their type: MongoDB's Extended JSON, DynamoDB's and Firestore's."""

import re
from collections.abc import Mapping
from typing import Any

#: Of MongoDB's types (Extended JSON v1 and v2) those that hold one plain value.
_MONGO = frozenset(
    ["$oid", "$date", "$numberDecimal", "$numberLong", "$numberInt", "$numberDouble", "$uuid", "$symbol", "$undefined"]
)
_DYNAMO = frozenset(["S", "N", "BOOL", "NULL"])
_FIRESTORE = frozenset(
    ["stringValue", "integerValue", "doubleValue", "booleanValue", "timestampValue", "nullValue", "referenceValue"]
)
#: What DynamoDB calls an item of its exports and of its streams.
_ITEMS = frozenset(["Item", "NewImage"])
_ESCAPED = re.compile(r"\\(?:([bfnrtv\\])|([0-7]{1,3})|x([0-9A-Fa-f]{1,2}))")
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its wrapped values as plain ones; letters are types only where every member of the row is such."""
    name, inner = next(iter(row.items()), ("", None))
    if len(row) == 1 and name in _ITEMS and isinstance(inner, dict):
        return plain_row(inner)
    types = _MONGO | _FIRESTORE
    if row and all(isinstance(value, dict) and len(value) == 1 for value in row.values()):
        named = {key for value in row.values() for key in value}
        types |= _DYNAMO if named <= {*_DYNAMO, "B", "SS", "NS", "BS", "M", "L"} else frozenset()
    return {key: _plain(value, types) for key, value in row.items()}


def _plain(value: Any, types: frozenset[str], depth: int = 0) -> Any:
    if not isinstance(value, dict) or depth > 3:
        return value
    if len(value) != 1:
        return {key: _plain(inner, types, depth + 1) for key, inner in value.items()}
    kind, inner = next(iter(value.items()))
    if kind not in types:
        return {kind: _plain(inner, types, depth + 1)}
    return None if kind in {"NULL", "nullValue", "$undefined"} else _plain(inner, types, depth + 1)


def copied_cell(cell: str) -> str:
    """A cell as PostgreSQL's COPY writes it in text; null is the empty text."""
    if "\\" not in cell:
        return cell
    return "" if cell == "\\N" else _ESCAPED.sub(_letter, cell)


def _letter(found: re.Match[str]) -> str:
    if found[1]:
        return _LETTERS[found[1]]
    return chr(int(found[2], 8) & 0xFF) if found[2] else chr(int(found[3], 16))
