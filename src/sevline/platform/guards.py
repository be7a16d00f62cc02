"""Triggers that keep the event log append-only, on both databases.

Rows are added above all others only: a forged row can stand neither in a place that is taken nor below the newest
checkpoint, and SQLite's `INSERT OR REPLACE`, which deletes without firing delete triggers, is refused with it. Rows may
leave only up to the newest checkpoint; a forged checkpoint is found by its signature.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {"platform_event": "seq", "platform_checkpoint": "through"}
_SAY = "the audit trail is append-only"
# The newest row always stays, so the checkpoint is asked only where there is no row: one look-up for an event.
_TAKEN = {
    "platform_event": (
        "COALESCE((SELECT MAX(seq) FROM platform_event), (SELECT MAX(through) FROM platform_checkpoint), 0)"
    ),
    "platform_checkpoint": "COALESCE((SELECT MAX(through) FROM platform_checkpoint), 0)",
}
_EXPIRED = "OLD.seq <= (SELECT COALESCE(MAX(through), 0) FROM platform_checkpoint)"
_FUNCTION = "sevline_append_only"
_BODY = f"""
BEGIN
    IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'platform_event' THEN
        IF NEW.seq > {_TAKEN["platform_event"]} THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'platform_checkpoint' THEN
        IF NEW.through > {_TAKEN["platform_checkpoint"]} THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'platform_event' THEN
        IF {_EXPIRED} THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '{_SAY}';
END """
# Name, PostgreSQL's words for when it fires, and how its catalogue holds that: bits of pg_trigger.tgtype.
_POSTGRESQL = (
    ("rows", "BEFORE UPDATE OR DELETE", "FOR EACH ROW", 1 + 2 + 8 + 16),
    ("insert", "BEFORE INSERT", "FOR EACH ROW", 1 + 2 + 4),
    ("truncate", "BEFORE TRUNCATE", "", 2 + 32),
)
_OLDER = ("replace",)  # names that earlier versions gave


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite().values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                for name, *_ in _POSTGRESQL:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            else:
                for name in ("update", "delete", "insert", *_OLDER):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that are not there, are switched off, or do something else than what was installed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_LOOK, [_FUNCTION, _BODY])
            found = set(cursor.fetchall())
            wanted = [(table, f"{table}_{name}", kind) for table in TABLES for name, *_, kind in _POSTGRESQL]
            return [each[1] for each in wanted if each not in found]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = dict(cursor.fetchall())
    return [name for name, statement in _sqlite().items() if kept.get(name) != statement]


_LOOK = """
SELECT t.tgrelid::regclass::text, t.tgname, t.tgtype FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr::text = '' AND p.proname = %s AND p.prosrc = %s
"""


def _sqlite() -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAY}'); END"
    statements: dict[str, str] = {}
    for table, number in TABLES.items():
        taken = f"NEW.{number} <= {_TAKEN[table]}"
        if table == "platform_checkpoint":  # a replacing insert may name another row by its id
            taken += f" OR EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - no input in it
        left = f"WHEN NOT ({_EXPIRED}) " if table == "platform_event" else ""
        statements |= {
            f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}",
            f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {left}{refuse}",
            f"{table}_insert": f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        }
    return statements


def _postgresql() -> list[str]:
    made = f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
    statements = [made]
    for table in TABLES:
        for name, when, each, _ in _POSTGRESQL:
            statements += [
                f"CREATE TRIGGER {table}_{name} {when} ON {table} {each} EXECUTE FUNCTION {_FUNCTION}()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}",
            ]
    return statements
