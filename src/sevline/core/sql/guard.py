"""The guard of read-only SQL: a text comes in, and the text of another query goes out, or a refusal.

Exactly one SELECT is read into a tree, every node of which must stand on the list. Each table is then replaced by a
sub-select of its listed columns, the masked ones hashed, and the query that is sent is written from that tree. What
somebody typed is never sent. The parser is no validator, so the executors keep limits of their own.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.lifecycle import Refused
from sevline.core.sql.allowed import strange
from sevline.core.sql.catalogue import Catalogue
from sevline.core.sql.masking import SALT, masked_source, require_groups

if TYPE_CHECKING:
    from sqlglot import exp


class NotAdmitted(Refused):
    """The text is no query that may be sent; the sentences say what to change."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a query may be; `rows` is what it may answer, of which one more is asked for to see the cut."""

    characters: int = 20_000
    depth: int = 60  # of parentheses
    nodes: int = 2_000
    joins: int = 6
    tables: int = 12
    rows: int = 500
    group: int = 5  # the least rows of a group over a table with masked columns


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query as it will run. `parameters` in the order of `$1…` on PostgreSQL; `hash` is of dialect and text."""

    sql: str
    hash: str
    tables: tuple[str, ...]
    parameters: tuple[str, ...]
    is_masked: bool
    rows: int
    pattern: str = ""  # the query as it was meant, each literal a `?`: what queries of one kind have in common


def admit(
    text: str, catalogue: Catalogue, *, parameters: Collection[str] = (), limits: Limits | None = None
) -> Admitted:
    """The query to send in place of `text`, whose placeholders `:name` must be among `parameters`.

    Raises NotAdmitted with a sentence for each thing that is not allowed.
    """
    held = limits or Limits()
    _check_text(text, held)
    try:
        return _admit(text, catalogue, frozenset(parameters), held)
    except RecursionError:
        raise NotAdmitted("The query is nested too deeply.") from None


def _admit(text: str, catalogue: Catalogue, parameters: frozenset[str], limits: Limits) -> Admitted:
    tree = _parsed(text, catalogue)
    _check_tree(tree, catalogue, parameters, limits)
    tables = _resolved(tree, catalogue, limits)
    tree = _qualified(tree, catalogue)
    _check_tree(tree, catalogue, parameters, limits)
    _resolved(tree, catalogue, limits)
    pattern = _pattern(tree, catalogue)
    is_masked = any(catalogue.tables[name].is_masked for name in tables)
    if is_masked:
        require_groups(tree, limits.group)
    _check_joins(tree, limits)
    _limit_rows(tree, limits.rows + 1)
    order = _bound(tree, catalogue, is_masked=is_masked)
    tree = masked_source(tree, catalogue)
    sql = tree.sql(dialect=catalogue.dialect, comments=False, identify=True)
    _check_written(sql, tree, catalogue)
    digest = hashlib.sha256(f"{catalogue.dialect}\n{sql}".encode()).hexdigest()
    return Admitted(sql, digest, tables, order, is_masked, limits.rows, pattern)


def _check_text(text: str, limits: Limits) -> None:
    if not text.strip():
        raise NotAdmitted("There is no query here.")
    if len(text) > limits.characters:
        raise NotAdmitted(f"The query is longer than {limits.characters:,} characters.")
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text):
        raise NotAdmitted("The query holds a control character.")
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest > limits.depth:
        raise NotAdmitted(f"The query nests parentheses more than {limits.depth} deep.")


def _parsed(text: str, catalogue: Catalogue) -> "exp.Expr":
    """The one statement as a tree; the parser's own complaints quote the text, so they are not passed on."""
    import sqlglot
    from sqlglot import ErrorLevel, exp
    from sqlglot.errors import SqlglotError

    try:
        found = sqlglot.parse(text, dialect=catalogue.dialect, error_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError, TypeError, AttributeError, KeyError, IndexError) as fault:
        place = getattr(fault, "errors", None) or [{}]
        line = place[0].get("line")
        where = f" It stops making sense in line {line}." if line else ""
        raise NotAdmitted(f"This cannot be read as a query.{where}") from None
    statements = [statement for statement in found if statement is not None]
    if len(statements) != 1 or len(found) != 1:
        raise NotAdmitted("Send exactly one statement, without a semicolon between or after others.")
    tree = statements[0]
    if type(tree) not in {exp.Select, exp.Union, exp.Intersect, exp.Except}:
        raise NotAdmitted(f"Only a SELECT is run here, not {type(tree).__name__.upper()}.")
    return tree


def _check_tree(tree: "exp.Expr", catalogue: Catalogue, parameters: frozenset[str], limits: Limits) -> None:
    count = sum(1 for _ in tree.walk())
    if count > limits.nodes:
        raise NotAdmitted(f"The query has {count:,} parts; at most {limits.nodes:,} are allowed.")
    if faults := list(dict.fromkeys(strange(tree, catalogue.dialect))):
        raise NotAdmitted(*faults[:5])
    from sqlglot import exp

    for name in (node.name for node in tree.find_all(exp.Placeholder)):
        if name not in parameters or name == SALT:
            raise NotAdmitted(f"The parameter :{name} is not declared.")
    nested = [found for found in tree.find_all(exp.With) if found.parent is not tree]
    if nested:
        raise NotAdmitted("WITH may stand only at the start of the query.")


def _resolved(tree: "exp.Expr", catalogue: Catalogue, limits: Limits) -> tuple[str, ...]:
    """The base tables. A name of WITH is known only after its own definition; before, it would be a real table."""
    from sqlglot import exp

    with_ = tree.args.get("with_")
    defined: set[str] = set()
    base: list[str] = []
    for cte in with_.expressions if with_ else ():
        base += _base(cte.this, defined, catalogue)
        if cte.alias in defined or cte.alias in catalogue.tables:
            raise NotAdmitted(f"WITH may not name “{cte.alias}”; that name is taken.")
        defined.add(cte.alias)
    body = [table for table in tree.find_all(exp.Table) if table.find_ancestor(exp.With) is None]
    base += _names(body, defined, catalogue)
    if len(base) > limits.tables:
        raise NotAdmitted(f"The query reads {len(base)} tables; at most {limits.tables} are allowed.")
    return tuple(dict.fromkeys(base))


def _base(tree: "exp.Expr", defined: set[str], catalogue: Catalogue) -> list[str]:
    from sqlglot import exp

    return _names(list(tree.find_all(exp.Table)), defined, catalogue)


def _names(tables: "list[exp.Table]", defined: set[str], catalogue: Catalogue) -> list[str]:
    """Names of the catalogue among them; NotAdmitted for a table that is neither there nor defined by WITH."""
    found = []
    for table in tables:
        name = table.name if table.args["this"].args.get("quoted") else table.name.lower()
        if not table.db and name in defined:
            continue
        if name not in catalogue.tables or table.db not in {"", catalogue.schema}:
            shown = f"{table.db}.{table.name}" if table.db else table.name
            known = ", ".join(sorted(catalogue.tables))
            raise NotAdmitted(f"There is no table “{shown[:80]}” here. You can read: {known}.")
        found.append(name)
    return found


def _qualified(tree: "exp.Expr", catalogue: Catalogue) -> "exp.Expr":
    """Every `*` expanded and every column with its table; NotAdmitted for a column that is not listed."""
    from sqlglot.errors import SqlglotError
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.schema import MappingSchema

    schema = MappingSchema(catalogue.shape(), dialect=catalogue.dialect, normalize=False)
    try:
        return qualify(
            tree.copy(),
            dialect=catalogue.dialect,
            db=catalogue.schema,
            schema=schema,
            expand_alias_refs=False,
            validate_qualify_columns=True,
        )
    except (SqlglotError, ValueError, TypeError, AttributeError, KeyError) as fault:
        known = "; ".join(f"{table.name}: {', '.join(c.name for c in table.columns)}" for table in catalogue)
        said = str(fault).split(".", 1)[0].split(" Line", 1)[0][:120]
        raise NotAdmitted(f"{said}. You can read {known}.") from None


def _pattern(tree: "exp.Expr", catalogue: Catalogue) -> str:
    from sqlglot import exp

    bare = tree.copy()
    for literal in list(bare.find_all(exp.Literal, exp.Placeholder)):
        literal.replace(exp.Placeholder())
    return str(bare.sql(dialect=catalogue.dialect, comments=False))


def _check_joins(tree: "exp.Expr", limits: Limits) -> None:
    """Each join needs ON with an equality between columns of two tables; so nothing multiplies unseen."""
    from sqlglot import exp

    joins = list(tree.find_all(exp.Join))
    if len(joins) > limits.joins:
        raise NotAdmitted(f"The query has {len(joins)} joins; at most {limits.joins} are allowed.")
    for join in joins:
        on = join.args.get("on")
        if on is None or not any(_ties(part, join.alias_or_name) for part in _ands(on)):
            raise NotAdmitted("Give each JOIN an ON that compares a column of one table with one of another.")


def _ands(on: "exp.Expr") -> "list[exp.Expr]":
    """The conditions that must all hold."""
    from sqlglot import exp

    bare = on.unnest()
    return [part.unnest() for part in bare.flatten()] if type(bare) is exp.And else [bare]


def _ties(part: "exp.Expr", joined: str) -> bool:
    from sqlglot import exp

    sides = (part.args.get("this"), part.args.get("expression")) if type(part) is exp.EQ else ()
    tables = [side.table for side in sides if isinstance(side, exp.Column)]
    return len(tables) == 2 and tables[0] != tables[1] and joined in tables


def _limit_rows(tree: "exp.Expr", most: int) -> None:
    from sqlglot import exp

    asked = tree.args.get("limit")
    wanted = min(most, int(asked.expression.this)) if asked is not None else most
    tree.set("limit", exp.Limit(expression=exp.Literal.number(wanted)))


def _bound(tree: "exp.Expr", catalogue: Catalogue, *, is_masked: bool) -> tuple[str, ...]:
    """The parameters in their order, placeholders replaced by `$n` on PostgreSQL; `$1` is the salt if there is one."""
    from sqlglot import exp

    salt = (SALT,) if is_masked and catalogue.dialect == "postgres" else ()
    order = (*salt, *dict.fromkeys(node.name for node in tree.find_all(exp.Placeholder)))
    if catalogue.dialect == "postgres":
        for node in list(tree.find_all(exp.Placeholder)):
            node.replace(exp.Parameter(this=exp.Literal.number(order.index(node.name) + 1)))
    return order


def _check_written(sql: str, tree: "exp.Expr", catalogue: Catalogue) -> None:
    """What was written must read back as the same tree; else parser and writer disagree about it."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        again = sqlglot.parse(sql, dialect=catalogue.dialect)
    except SqlglotError:
        again = []
    texts = [found.sql(dialect=catalogue.dialect, comments=False, identify=True) for found in again if found]
    if texts != [sql] or type(again[0]) is not type(tree):
        raise NotAdmitted("This query cannot be written down without a doubt about its meaning. Put it more simply.")
