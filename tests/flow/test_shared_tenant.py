"""A tenant that two customers have stops the upgrade with what to do, and is mended by the command that it names."""

import pytest

from tests.flow.conftest import Install

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
SHARED = """
from sevline.cli.installation import upgrade
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

upgrade()
call_command("migrate", "customers", "0004_archive", verbosity=0)
state = MigrationLoader(connection).project_state(("customers", "0004_archive")).apps
for key in ("brightwater", "meridian"):
    account = state.get_model("customers", "Account").objects.create(key=key, name=key.title())
    state.get_model("customers", "Environment").objects.create(account=account, name="Production", tenant="t_1")
"""
UPGRADE = """
from sevline.cli.installation import upgrade
from sevline.core.lifecycle import Refused
try:
    upgrade()
    print("up to date")
except Refused as refusal:
    print(refusal.reasons[0])
"""


def test_the_upgrade_says_which_command_mends_a_shared_tenant(install: Install) -> None:
    desk = install()
    desk.python(SHARED)

    refused = desk.python(UPGRADE)
    mended = desk.sevline("customers", "tenant", "meridian", "t_1", "t_2")

    assert refused == (
        "The tenant t_1 stands with brightwater and meridian, and belongs to one of them. Give the other its own: "
        "sevline customers tenant meridian t_1 NEW-TENANT"
    )
    assert (mended.returncode, mended.stdout) == (0, "Production (t_2) of meridian is saved.\n")
    assert desk.python(UPGRADE) == "up to date"
