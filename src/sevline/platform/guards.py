"""Triggers that keep the event log append-only, on both databases.

SQLite's `INSERT OR REPLACE` deletes without firing delete triggers, so an insert over an existing row is refused too.
Rows may leave only up to the newest checkpoint; a forged checkpoint is found by its signature.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("platform_event", "platform_checkpoint")
_SAY = "the audit trail is append-only"


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_rows ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_truncate ON {table}")
            else:
                for what in ("update", "delete", "replace"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{what}")


def _sqlite() -> list[str]:
    statements = []
    for table, key in zip(TABLES, ("seq", "id"), strict=True):
        left = "WHEN OLD.seq > (SELECT COALESCE(MAX(through), 0) FROM platform_checkpoint)" if key == "seq" else ""
        taken = f"NEW.{key} = {table}.{key}" + ("" if key == "seq" else " OR NEW.through = through")
        statements += [
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{_SAY}'); END",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {left} BEGIN SELECT RAISE(ABORT, '{_SAY}'); END",
            (
                f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN EXISTS "  # noqa: S608 - no input in it
                f"(SELECT 1 FROM {table} WHERE {taken}) BEGIN SELECT RAISE(ABORT, '{_SAY}'); END"
            ),
        ]
    return statements


def _postgresql() -> list[str]:
    statements = [
        """CREATE OR REPLACE FUNCTION sevline_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'platform_event' THEN
                IF OLD.seq <= (SELECT COALESCE(MAX(through), 0) FROM platform_checkpoint) THEN
                    RETURN OLD;
                END IF;
            END IF;
            RAISE EXCEPTION 'the audit trail is append-only';
        END $$"""
    ]
    for table in TABLES:
        statements += [
            (
                f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION sevline_append_only()"
            ),
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION sevline_append_only()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_truncate",
        ]
    return statements
