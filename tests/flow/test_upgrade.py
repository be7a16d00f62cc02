"""A database of the first version is brought up to date with its rows in it."""

import pytest

from tests.flow.conftest import Install

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
# The first migration of every room, then one row of each kind as that version wrote it, by its own models.
FIRST_VERSION = """
from datetime import UTC, datetime
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

first = [key for key in MigrationLoader(connection).disk_migrations if key[1] == "0001_first"]
for app, name in first:
    call_command("migrate", app, name, verbosity=0)
state = MigrationLoader(connection).project_state(first).apps
at = datetime(2026, 11, 2, 9, 0, 0, 123457, tzinfo=UTC)
team = state.get_model("people", "Team").objects.create(key="integrations", name="Integrations")
sam = state.get_model("people", "Person").objects.create(
    email="sam@sevline.example", name="Sam", role_keys=["agent"], joined_at=at)
sam.teams.add(team)
area = state.get_model("catalog", "ProductArea").objects.create(key="webhooks", name="Webhooks", engineering=team)
case = state.get_model("cases", "Case").objects.create(
    number=1001, title="Webhooks time out", opened_at=at, owner=sam, opened_by=sam, product_area=area, team=team,
    next_action="Read the ticket", next_action_by=sam, next_action_due=at)
state.get_model("cases", "CaseAccess").objects.create(case=case, team=team)
state.get_model("cases", "Message").objects.create(case=case, kind="ticket", text="They time out.", author=sam, at=at)
state.get_model("service_levels", "Clock").objects.create(
    subject_kind="case", subject_key="C-1001", case_key="C-1001", metric="first_response", policy="standard plan",
    policy_version="1", calendar="around the clock", state="running", target_seconds=3600, started_at=at)
state.get_model("governance", "Approval").objects.create(
    decision="lower_severity_from_1_or_2", subject_kind="case", subject_key="C-1001", subject_label="C-1001",
    reason="Fewer users", requested_by=sam, requested_at=at, expires_at=at)

from sevline.platform import audit
from sevline.platform.models import Event
event = Event(
    seq=1, at=at, recorded_at=at, kind="case.opened", actor_kind="person", actor_key=str(sam.pk), actor_label="Sam",
    subject_kind="case", subject_key="C-1001", subject_label="Webhooks time out", case_key="C-1001", data={})
event.mac = audit.mac_of(event, audit.GENESIS)
event.save(force_insert=True)
audit.write_head(event.seq, event.mac)
"""
AFTERWARDS = """
from sevline.cases.models import Case, Message
from sevline.governance.models import Approval
from sevline.people.models import Person
from sevline.service_levels.models import Clock
sam = Person.objects.get()
case = Case.objects.visible_to(sam).get()
print(case.key, case.title, repr(case.severity_reason), case.opened_at.microsecond)
message, clock, approval = Message.objects.get(), Clock.objects.get(), Approval.objects.get()
print(message.explains_severity, clock.next_warning_at, approval.assents.count())
"""
ALTER_THE_TRAIL = """
from django.db import DatabaseError, connection
try:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE platform_event SET actor_label = 'x'")
    print("changed")
except DatabaseError as error:
    print("append-only" in str(error))
"""


def test_an_older_database_keeps_its_rows_and_gets_what_is_new(install: Install) -> None:
    desk = install()
    desk.python(FIRST_VERSION)
    before = desk.sevline("doctor")

    desk.python("from sevline.cli.installation import upgrade\nupgrade()")  # as `sevline serve` does

    assert (before.returncode, "steps behind this version" in before.stdout) == (1, True)
    assert desk.python(AFTERWARDS).splitlines() == ["C-1001 Webhooks time out '' 123457", "False None 0"]
    assert desk.python(ALTER_THE_TRAIL) == "True"
    assert "The audit trail is intact: 1 rows" in desk.sevline("audit", "verify").stdout
    assert "The database is of this version." in desk.sevline("doctor").stdout
