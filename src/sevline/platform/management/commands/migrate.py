"""`migrate`, which makes the tables of a new database at once.

Step by step, Django draws the models of all rooms anew some two hundred times, of which nothing is left in the end: an
empty database holds no row that a step could carry over. Every other database is migrated as ever.
"""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from sevline.platform import guards

#: What somebody asks who does not want all of it, or wants it otherwise.
_OTHERWISE = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options[name] for name in _OTHERWISE) and not connection.introspection.table_names():
            make_tables(connection)
        super().handle(*args, **options)


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """All tables, constraints, indexes and guards, as the migrations leave them, and that all of these were applied: in
    one transaction."""
    loader = MigrationLoader(connection)
    recorder = MigrationRecorder(connection)
    models = loader.project_state().apps.get_models()  # not those of the code: their hidden tables may differ a little
    with connection.schema_editor() as editor:
        if connection.introspection.table_names():
            return  # another process was quicker
        for model in models:
            if model._meta.can_migrate(connection) and router.allow_migrate_model(connection.alias, model):
                editor.create_model(model)
        editor.create_model(recorder.Migration)
        guards.install(connection)
        for app, name in loader.disk_migrations:
            recorder.record_applied(app, name)
