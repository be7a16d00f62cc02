"""SQLite: a file opened read-only, an authorizer that knows the listed columns, and a clock that stops it."""

import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from sevline.core.sql import Admitted, Catalogue
from sevline.core.sql.masking import MASK, hashed
from sevline.core.sql.times import COLLATION, compared
from sevline.dataquery.executors.answer import Answer, Caps, Failed, check_columns, collected

_FUNCTIONS = frozenset(
    {MASK, "abs", "avg", "coalesce", "count", "current_timestamp", "date", "length", "like", "lower", "max", "min",
     "nullif", "round", "substr", "substring", "sum", "trim", "upper"}
)  # fmt: skip
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 4 * 2**20,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 250,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 50_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_STEPS = 2_000  # virtual machine steps between two looks at the clock


def run(url: str, catalogue: Catalogue, query: Admitted, values: Mapping[str, Any], *, salt: str, caps: Caps) -> Answer:
    started = time.monotonic()
    try:
        with closing(open_read_only(url)) as connection:
            restrict(connection, catalogue, salt=salt, stops_at=started + caps.seconds)
            cursor = connection.execute(query.sql, {name: _bound(values[name]) for name in query.parameters})
            columns = check_columns([part[0] for part in cursor.description or ()], caps)
            rows, cut = collected(cursor, caps)
    except sqlite3.Error as fault:
        raise Failed(_sentence(fault, caps)) from None
    return Answer(columns, rows, cut, round((time.monotonic() - started) * 1000))


def open_read_only(url: str) -> sqlite3.Connection:
    """The file of `sqlite:///path`; it is never made and never written."""
    path = "/" + unquote(urlsplit(url).path).lstrip("/")  # two slashes would name a host
    try:
        return sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, isolation_level=None, timeout=1.0)
    except sqlite3.Error:
        raise Failed("The file of this data source cannot be opened.") from None


def restrict(connection: sqlite3.Connection, catalogue: Catalogue, *, salt: str, stops_at: float) -> None:
    """Everything but reading the listed columns is refused from here on, whatever text arrives."""
    for pragma in ("query_only = 1", "trusted_schema = 0", "temp_store = 2", "cell_size_check = 1"):
        connection.execute(f"PRAGMA {pragma}").close()
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    connection.create_function(MASK, 2, lambda kind, value: hashed(salt, kind, value), deterministic=True)
    connection.create_collation(COLLATION, compared)
    connection.set_progress_handler(lambda: int(time.monotonic() > stops_at), _STEPS)
    connection.set_authorizer(_authorizer(catalogue))


def _authorizer(catalogue: Catalogue) -> Callable[..., int]:
    listed = {
        (table.name.lower(), name) for table in catalogue for name in ("", *(c.name.lower() for c in table.columns))
    }
    views = {table.name.lower() for table in catalogue}

    def allowed(action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            return sqlite3.SQLITE_OK if (second or "").lower() in _FUNCTIONS else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_READ and database in {"main", None}:
            is_listed = ((first or "").lower(), (second or "").lower()) in listed
            return sqlite3.SQLITE_OK if is_listed or (within or "").lower() in views else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_DENY

    return allowed


def _bound(value: Any) -> Any:
    """SQLite keeps times and decimals as text or numbers."""
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _sentence(fault: sqlite3.Error, caps: Caps) -> str:
    """What to do about it; the message of SQLite may quote data, so only its kind is told."""
    name = getattr(fault, "sqlite_errorname", "") or type(fault).__name__
    if name == "SQLITE_INTERRUPT":
        return f"The query was stopped after {caps.seconds:g} s. Narrow it down: a shorter window, fewer tables."
    if name == "SQLITE_AUTH":
        return "The query reads or calls something that this source does not allow."
    if name == "SQLITE_TOOBIG":
        return "The query or a value in it is too large."
    return f"The database did not answer the query ({name})."
