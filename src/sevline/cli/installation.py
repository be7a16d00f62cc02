"""Commands that stand on Django: settings first, so that what is missing is said in a sentence."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sevline.core.lifecycle import Refused


def start_django() -> None:
    """Load the settings and the rooms of this installation; Refused says what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sevline.config.settings")
    import django

    django.setup()
    _reach_server()


def _reach_server() -> None:
    """Refused, in a sentence, when there is a database server and it does not answer."""
    from django.db import OperationalError, connection

    if connection.vendor != "postgresql":
        return
    try:
        connection.ensure_connection()
    except OperationalError as error:
        at = f"{connection.settings_dict['HOST']}:{connection.settings_dict['PORT'] or 5432}"
        why = str(error).strip().splitlines()[0]
        raise Refused(
            f"The database at {at} does not answer: {why}. Is it running, and is SEVLINE_DATABASE_URL right?"
        ) from None


def start_up_to_date() -> None:
    """As `start_django`, for commands that need what is in the database; Refused where it is not of this version."""
    start_django()
    if behind := steps_behind():
        raise Refused(
            f"The database is {behind} steps behind this version. `sevline serve` brings it up to date; "
            "run this after it."
        )


def steps_behind() -> int:
    """How many migrations the database lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def upgrade(*, quietly: bool = True) -> None:
    """Bring the database to this version; of several processes that start at once, one after another."""
    from django.core.management import call_command

    with _alone():
        call_command("migrate", verbosity=0 if quietly else 1, interactive=False)
        call_command("createcachetable", verbosity=0)


@contextmanager
def _alone() -> Iterator[None]:
    """While no other process upgrades this database: each would find out what is to be done before it does it, and the
    slower one would do it a second time."""
    from django.db import connection

    with _turn_on_server() if connection.vendor == "postgresql" else _turn_in_folder():
        yield


@contextmanager
def _turn_on_server() -> Iterator[None]:
    """The lock is of a connection of its own, and ends with it."""
    from django.db import connection

    holding = connection.copy()
    try:
        holding.set_autocommit(False)
        with holding.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sevline upgrade'))")
        yield
    finally:
        holding.close()


@contextmanager
def _turn_in_folder() -> Iterator[None]:
    """The lock is of a file beside the database; where none can be had, neither can the database be written."""
    import fcntl

    from django.db import connection

    with ExitStack() as held:
        with suppress(OSError):
            path = Path(connection.settings_dict["NAME"]).with_name("upgrade.lock")
            handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
            held.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
