"""A case with everything that hangs on one, and a browser for each role: what the tests of addresses go through."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client

from sevline.cases.actions import add_note
from sevline.core.rights import Role
from sevline.diagnosis.actions import note_telemetry_gap
from sevline.escalations import actions as escalations
from sevline.escalations.models import Escalation
from sevline.evidence.actions import make_link
from sevline.evidence.models import Artifact, Pattern
from sevline.governance.actions import request as ask
from sevline.people.models import Person
from tests import make
from tests.architecture.routes import Rule
from tests.cast import cast, signed_in
from tests.context.escalations import story

NOTE = "Internal only: the pool of the exporter is at eight."


@dataclass(frozen=True, slots=True)
class World:
    """A case with everything that hangs on one, and a browser for each role, all in the team of the case."""

    keys: dict[str, Any]
    browsers: dict[str, Client]
    stranger: Client

    def status(self, browser: Client, rule: Rule) -> int:
        """What the address answers; whatever it did is taken back."""
        address = rule.address.format(**self.keys)
        send = browser.post if rule.method == "POST" else browser.get
        with transaction.atomic():
            status = send(address).status_code
            transaction.set_rollback(True)
        return status


def make_world() -> World:
    case = story.plain_case()
    story.attached(case)
    story.diagnosed(case, items=("E-1",))
    escalation = escalations.draft(case.key, by=cast().sam)
    file = Artifact.objects.filter(upload__case=case).exclude(sealed_id=None)[0]
    approval = ask(
        by=cast().sam,
        decision="lower_severity_from_1_or_2",
        subject=case.ref,
        case=case.key,
        asked={"severity": 3},
        reason="Fewer users than thought",
    )
    gap = note_telemetry_gap(case.key, by=cast().sam, text="no request id in the log")
    keys = {
        "case": case.key,
        "signal": gap.request_id,
        "environment": make.environment().pk,
        "packet": escalation.key,
        "upload": file.upload_id,
        "file": file.pk,
        "pattern": Pattern.objects.create(artifact=file, key="p", template="t", count=1, examples=[[1, "x"]]).pk,
        "approval": approval.pk,
        "note": add_note(case.key, by=cast().sam, text=NOTE).pk,
        "link": make_link(case.key, by=cast().sam).link.pk,
        "person": cast().vic.pk,
    }
    # A packet is answered by the engineers of its own team.
    team = cast().teams["integrations"]
    Escalation.objects.filter(number=int(escalation.key.removeprefix("ESC-"))).update(team=team)
    browsers = {role.value: signed_in(_member(role.value, [role.value])) for role in Role}
    browsers["no role"] = signed_in(_member("none", []))
    return World(keys, browsers, signed_in(cast().eve))


def _member(name: str, roles: list[str]) -> Person:
    person = Person.objects.create(
        email=f"{name}@members.example", name=f"A member: {name}", role_keys=roles, joined_at=story.AT
    )
    person.teams.set([cast().teams["integrations"]])
    return person
