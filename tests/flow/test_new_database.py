"""The tables of a new database are those that all migrations one after another leave behind."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.flow.conftest import Install

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
STEP_BY_STEP = """
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0, interactive=False)
"""
AT_ONCE = """
from sevline.cli.installation import upgrade
upgrade()
"""
DESCRIBED = r"""
import json
import re
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from sevline.platform import guards

NUMBERED = re.compile(r"^(fk|__unnamed_constraint)_[0-9]+_*$")  # as constraints without a name are told on SQLite

def described(cursor, table):
    columns = [[one.name, str(one.type_code), one.null_ok, one.display_size, one.precision, one.scale, one.default]
               for one in connection.introspection.get_table_description(cursor, table)]
    constraints = connection.introspection.get_constraints(cursor, table)
    named = [(NUMBERED.sub("", name), what) for name, what in constraints.items()]
    return {"columns": sorted(columns, key=str), "constraints": sorted(map(str, named))}

with connection.cursor() as cursor:
    tables = {name: described(cursor, name) for name in connection.introspection.table_names(cursor)}
tables.pop("platform_cache", None)
applied = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
print(json.dumps({"tables": tables, "applied": applied, "guards": guards.missing(connection)}, sort_keys=True))
"""


def test_a_new_database_is_as_all_migrations_one_after_another_leave_it(install: Install) -> None:
    at_once, step_by_step = install(), install()
    at_once.python(AT_ONCE)
    step_by_step.python(STEP_BY_STEP)

    first, second = json.loads(at_once.python(DESCRIBED)), json.loads(step_by_step.python(DESCRIBED))

    assert first == second
    assert first["guards"] == []
    assert len(first["tables"]) > 80
    assert ["platform", "0002_append_only"] in first["applied"]


def test_what_a_new_database_has_can_be_taken_back_step_by_step(install: Install) -> None:
    desk = install()
    desk.python(AT_ONCE)

    desk.python("from django.core.management import call_command\ncall_command('migrate', 'evidence', '0001_first')")
    desk.python(AT_ONCE)

    assert json.loads(desk.python(DESCRIBED))["guards"] == []


def test_several_processes_that_start_at_once_find_one_new_database(install: Install) -> None:
    desk = install()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(desk.python, [AT_ONCE] * 3))

    assert json.loads(desk.python(DESCRIBED))["guards"] == []


def test_several_processes_that_start_at_once_upgrade_an_older_database_once(install: Install) -> None:
    desk = install()
    desk.python(AT_ONCE)
    desk.python("from django.core.management import call_command\ncall_command('migrate', 'evidence', '0001_first')")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(desk.python, [AT_ONCE] * 3))

    assert json.loads(desk.python(DESCRIBED))["guards"] == []
