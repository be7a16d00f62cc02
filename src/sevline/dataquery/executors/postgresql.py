"""PostgreSQL: a login of its own that may only read, a read-only session with time limits, and a look at the cost."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sevline.core.sql import Admitted, Catalogue
from sevline.core.sql.masking import SALT
from sevline.dataquery.executors.answer import Answer, Caps, Failed, check_columns, collected

if TYPE_CHECKING:
    import psycopg

_BATCH = 100
# Roles that read files, run programs or see everything, whatever was granted on tables.
_STRONG = ("pg_read_server_files", "pg_write_server_files", "pg_execute_server_program", "pg_read_all_data",
           "pg_write_all_data", "pg_signal_backend", "pg_monitor")  # fmt: skip
_ROLE = """
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
       has_database_privilege(current_database(), 'CREATE'),
       has_database_privilege(current_database(), 'TEMP'),
       EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = ANY($1) AND pg_has_role(r.oid, 'MEMBER'))
FROM pg_roles WHERE rolname = current_user"""
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
  AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
  AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
       OR pg_has_role(c.relowner, 'MEMBER'))
LIMIT 1"""


def run(url: str, catalogue: Catalogue, query: Admitted, values: Mapping[str, Any], *, salt: str, caps: Caps) -> Answer:
    import psycopg

    started = time.monotonic()
    given = [salt if name == SALT else values[name] for name in query.parameters]
    try:
        with closing(open_read_only(url, caps)) as connection:
            check_login(connection, catalogue)
            _check_cost(connection, query, given, caps)
            with psycopg.RawServerCursor(connection, "sevline_query", scrollable=False, withhold=False) as cursor:
                cursor.itersize = _BATCH
                cursor.execute(query.sql, given)
                columns = check_columns([part.name for part in cursor.description or ()], caps)
                rows, cut = collected(_rows(cursor, started + caps.seconds, caps), caps)
            connection.rollback()
    except psycopg.Error as fault:
        raise Failed(_sentence(fault, caps)) from None
    return Answer(columns, rows, cut, round((time.monotonic() - started) * 1000))


def open_read_only(url: str, caps: Caps) -> "psycopg.Connection[tuple[Any, ...]]":
    """A session in which nothing can be written and no statement runs longer than the caps allow."""
    import psycopg

    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": str(round(caps.seconds * 1000)),
        "lock_timeout": "200",
        "idle_in_transaction_session_timeout": str(round(caps.seconds * 1000) + 5_000),
        "search_path": "pg_catalog",
        "work_mem": "16MB",
        "max_parallel_workers_per_gather": "0",
        "standard_conforming_strings": "on",
        "jit": "off",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    try:
        connection = psycopg.connect(url, options=options, connect_timeout=5, application_name="sevline data query")
    except (psycopg.Error, UnicodeError):
        raise Failed("The data source cannot be reached, or does not take this login.") from None
    connection.read_only = True
    connection.prepare_threshold = None
    return connection


def check_login(connection: "psycopg.Connection[tuple[Any, ...]]", catalogue: Catalogue) -> None:
    """Failed when the login could do more than read; the session's own limits can be lifted, privileges cannot."""
    import psycopg

    with psycopg.RawCursor(connection) as cursor:
        cursor.execute(_ROLE, [list(_STRONG)])
        is_strong, makes_schemas, makes_temporary, is_member = cursor.fetchone() or (True, True, True, True)
        cursor.execute(_TABLES)
        writable = cursor.fetchone()
        cursor.execute("SELECT has_schema_privilege($1, 'CREATE')", [catalogue.schema])
        makes_tables = bool((cursor.fetchone() or (True,))[0])
    if is_strong or is_member:
        raise Failed("The login of this data source is an administrator’s. Give it a role that may only read.")
    if writable or makes_schemas or makes_temporary or makes_tables:
        raise Failed(
            "The login of this data source may write. Take away all but SELECT on the listed tables, "
            "and CREATE and TEMP on the database."
        )


def _check_cost(
    connection: "psycopg.Connection[tuple[Any, ...]]", query: Admitted, given: Sequence[Any], caps: Caps
) -> None:
    import psycopg

    with psycopg.RawCursor(connection) as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query.sql}", given)
        plan: Mapping[str, Any] = (cursor.fetchone() or [[{"Plan": {}}]])[0][0]["Plan"]
    if plan.get("Total Cost", 0) > caps.cost or max(_estimates(plan)) > caps.estimated_rows:
        raise Failed(
            f"The database expects this query to cost {plan.get('Total Cost', 0):,.0f} and to pass "
            f"{max(_estimates(plan)):,} rows; {caps.cost:,.0f} and {caps.estimated_rows:,} are allowed. Narrow it down."
        )


def _estimates(plan: Mapping[str, Any]) -> Iterator[int]:
    yield int(plan.get("Plan Rows", 0))
    for part in plan.get("Plans", ()):
        yield from _estimates(part)


def _rows(cursor: "psycopg.RawServerCursor[tuple[Any, ...]]", stops_at: float, caps: Caps) -> Iterator[tuple[Any, ...]]:
    """Batch by batch; each fetch has the statement's time limit, and all of them together have it too."""
    while batch := cursor.fetchmany(_BATCH):
        yield from batch
        if time.monotonic() > stops_at:
            raise Failed(_slow(caps))


def _slow(caps: Caps) -> str:
    return f"The query was stopped after {caps.seconds:g} s. Narrow it down: a shorter window, fewer tables."


def _sentence(fault: "psycopg.Error", caps: Caps) -> str:
    """What to do about it; the message of PostgreSQL may quote data, so only its code is told."""
    told = {
        "57014": _slow(caps),
        "42501": "The login of this data source may not read one of the tables of the query.",
        "42883": "The query compares or calls things of types that do not go together.",
        "55P03": "A table is locked by somebody else. Try again.",
    }
    code = fault.sqlstate or type(fault).__name__
    return told.get(code, f"The database did not answer the query ({code}).")
