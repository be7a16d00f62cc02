"""Masks: in the query each masked value is hashed at its table; in the answer each hash becomes a pseudonym.

A value that is masked never leaves the database: what a filter, a sort or a function sees is the salted hash. The
salt is a parameter (PostgreSQL) or stays in this process (SQLite), never in the text, and is made from the case's key.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sevline.core.sql.allowed import AGGREGATES
from sevline.core.sql.catalogue import Catalogue, Column, Dialect, Table
from sevline.core.sql.times import COLLATION, TYPES

if TYPE_CHECKING:
    from sqlglot import exp

SALT = "sevline_salt"
MASK = "sevline_mask"  # the function that the executor adds to SQLite
# `value` stands for the column. With a search path of pg_catalog alone no other function can take these names.
_ON: Mapping[Dialect, str] = {
    "postgres": (
        "'masked/{kind}/' || ENCODE(SHA256(CONVERT_TO(CAST($1 AS TEXT) || CAST(value AS TEXT), 'UTF8')), 'hex')"
    ),
    "sqlite": MASK + "('{kind}', value)",
}
_LEAST = re.compile(r"\bHAVING (?:.* AND )?COUNT\(\*\) >= (\d+)(?=\)| ORDER BY | LIMIT |$)", re.DOTALL)
_HASHED = re.compile(r"masked/([a-z_]+)/([0-9a-f]{64})")


def salt_of(key: bytes) -> str:
    """The salt of a case, 64 hex digits, from the key of its pseudonyms."""
    return hmac.new(key, b"read-only sql: salt", hashlib.sha256).hexdigest()


def hashed(salt: str, kind: str, value: object) -> str | None:
    """What the database shows in place of a value; PostgreSQL writes the same itself."""
    if value is None:
        return None
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return f"masked/{kind}/{hashlib.sha256((salt + text).encode('utf-8', 'replace')).hexdigest()}"


def pseudonymised(key: bytes, text: str) -> str:
    """The text with each hash replaced by a token that means the same value all through the case."""

    def token(found: re.Match[str]) -> str:
        digest = hmac.new(key, found[0].encode(), hashlib.sha256).hexdigest()
        return f"<{found[1].upper()}_{digest[:16]}>"

    return _HASHED.sub(token, text)


def masked_source(tree: "exp.Expr", catalogue: Catalogue) -> "exp.Expr":
    """The tree with each base table replaced by a sub-select of its listed columns, the masked ones hashed."""
    from sqlglot import exp

    _keep_times(tree, catalogue)
    for node in list(tree.find_all(exp.Table)):
        if node.name in catalogue.tables:  # WITH cannot take such a name
            alias = node.alias_or_name
            node.replace(_sub_select(catalogue.tables[node.name], catalogue).subquery(alias, copy=False))
    return tree


def _sub_select(table: Table, catalogue: Catalogue) -> "exp.Select":
    from sqlglot import exp

    shown = [_shown(column, catalogue) for column in table.columns]
    source = exp.Table(this=_name(table.name), db=_name(catalogue.schema))
    return exp.Select(expressions=shown, from_=exp.From(this=source))


def _shown(column: Column, catalogue: Catalogue) -> "exp.Expr":
    import sqlglot
    from sqlglot import exp

    plain = exp.Column(this=_name(column.name))
    if not column.mask:
        return _read_as_time(plain, column) if catalogue.dialect == "sqlite" and _is_time(column) else plain
    text = _ON[catalogue.dialect].format(kind=column.mask)
    value = sqlglot.parse_one(text, dialect=catalogue.dialect)
    for place in list(value.find_all(exp.Column)):
        place.replace(plain.copy())
    return exp.alias_(value, _name(column.name))


def _keep_times(tree: "exp.Expr", catalogue: Catalogue) -> None:
    """Say once more that the latest, the earliest or the first known of times is a time; SQLite forgets it there."""
    from sqlglot import exp

    if catalogue.dialect != "sqlite":
        return
    times = {column.name for table in catalogue for column in table.columns if _is_time(column)}
    for node in list(tree.find_all(exp.Max, exp.Min, exp.Coalesce)):
        if times & {column.name for column in node.find_all(exp.Column)}:
            node.replace(exp.Collate(this=node.copy(), expression=exp.var(COLLATION)))


def _is_time(column: Column) -> bool:
    return column.type in TYPES and not column.mask


def _read_as_time(plain: "exp.Column", column: Column) -> "exp.Expr":
    """The column under its own name, whose values are compared as moments from here on."""
    from sqlglot import exp

    return exp.alias_(exp.Collate(this=plain, expression=exp.var(COLLATION)), _name(column.name))


def _name(name: str) -> "exp.Identifier":
    from sqlglot import exp

    return exp.Identifier(this=name, quoted=True)


def require_groups(tree: "exp.Expr", least: int) -> None:
    """Add to each SELECT that aggregates that a group has at least so many rows."""
    from sqlglot import exp

    for select in list(tree.find_all(exp.Select)):
        if not (select.args.get("group") or _aggregates(select)):
            continue
        enough = exp.GTE(this=exp.Count(this=exp.Star(), big_int=True), expression=exp.Literal.number(least))
        held = select.args.get("having")
        condition = exp.And(this=exp.Paren(this=held.this.copy()), expression=enough) if held else enough
        select.set("having", exp.Having(this=condition))


def leaves_out_groups(sql: str) -> int:
    """The least rows of a group that a query which was written here shows; 0 where it shows every group."""
    found = _LEAST.search(sql)
    return int(found[1]) if found else 0


def _aggregates(select: "exp.Select") -> bool:
    """Whether an aggregate belongs to this SELECT itself rather than to one inside it."""
    from sqlglot import exp

    found = (node for node in select.walk() if type(node).__name__ in AGGREGATES)
    return any(node.find_ancestor(exp.Select) is select for node in found)
