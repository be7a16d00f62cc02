"""Every page of the product that somebody can open, with who opens it, made from the table of addresses."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.architecture import routes
from tests.browser.product import Product

# Who of the demo desk opens a page, the first whose role may.
CAST = {
    "agent": "sam",
    "lead": "lea",
    "support_manager": "mia",
    "engineer": "noor",
    "auditor": "aud",
    "admin": "ada",
}
PEOPLE = {**CAST, "colleague": "ines", "viewer": "vic"}
NOBODY = ""
NOT_A_PAGE = 405  # an address that takes files and shows nothing
FOR_PROGRAMS = "/api/"  # answers in JSON, to a token
# Answers that are files, redirects or parts of a page; the page that loads a part is in the table too.
FILES = (
    "/escalations/{packet}/packet.md",
    "/escalations/{packet}/packet.json",
    "/evidence/uploads/{upload}/report.json",
    "/evidence/files/{file}/download",
    "/customers/brightwater/profile.csv",
    "/customers/brightwater/profile.json",
    "/insights/F-03.csv",
    "/healthz",
    "/favicon.ico",
)
PARTS = (
    "/cases/{case}/timeline",
    "/cases/{case}/clocks",
    "/cases/{case}/diagnosis/panel",
    "/evidence/cases/{case}/uploads/list",
)
# The same addresses with something else in them: other packets, other files, other views, nothing found.
MORE = (
    ("agent", "/cases/?view=open"),
    ("agent", "/cases/?view=at-risk"),
    ("agent", "/search?q=nothing-is-called-so"),
    ("agent", "/cases/{resolved}"),
    ("agent", "/cases/{resolved}/diagnosis"),
    ("agent", "/cases/{resolved}/escalation"),
    ("agent", "/cases/{resolved}/evidence"),
    ("colleague", "/cases/{fresh}"),
    ("colleague", "/cases/{fresh}/diagnosis"),
    ("colleague", "/cases/{fresh}/evidence"),
    ("colleague", "/cases/{fresh}/escalation"),
    ("agent", "/cases/{case}?kind=evidence"),
    ("agent", "/evidence/uploads/{recording}"),
    ("agent", "/evidence/files/{recorded}"),
    ("colleague", "/escalations/{sent}/"),
    ("engineer", "/"),
    ("engineer", "/escalations/"),
    ("engineer", "/escalations/{accepted}/"),
    ("engineer", "/escalations/{sent}/"),
    ("lead", "/"),
    ("lead", "/insights/F-06"),
    ("lead", "/insights/?days=90"),
    ("viewer", "/"),
    ("viewer", "/cases/{case}"),
    ("support_manager", "/governance/approvals"),
    ("support_manager", "/governance/approvals/{approval}"),
    ("admin", "/people/{person}"),
)
KEYS = """
import json, logging
from sevline.cli.installation import start_django
start_django()
from sevline.cases.actions import add_note
from sevline.cases.models import Case
from sevline.customers.models import Environment
from sevline.escalations.models import Escalation
from sevline.diagnosis.actions import note_telemetry_gap
from sevline.evidence.models import Artifact
from sevline.governance.models import Approval
from sevline.governance.actions import request as ask
from sevline.people.models import Person
sample = Escalation.objects.filter(status="drafted").select_related("case").get()
case = sample.case
sam, ines = (Person.objects.get(email=f"{name}@sevline.example") for name in ("sam", "ines"))
approval = Approval.objects.first() or ask(
    by=sam, decision="lower_severity_from_1_or_2", subject=case.ref, case=case.key, asked={"severity": 3},
    reason="Fewer users than thought: 4 of 47 stores, and each can enter orders by hand.",
)
log, recorded = (Artifact.objects.filter(upload__case=case, upload__name=name).exclude(sealed_id=None)[0]
                 for name in ("webhook-worker.log", "dashboard.har"))
sent = Escalation.objects.filter(case__product_area__engineering__key="delivery").order_by("-pk")
gap = note_telemetry_gap(case.key, by=sam, text="no request id in the worker's log")
note = add_note(case.key, by=sam, text="The worker db-7.eu.internal waits for its pool; we think it is the proxy.")
print(json.dumps({
    "note": note.pk,
    "signal": gap.request_id, "environment": Environment.objects.filter(account__key="brightwater")[0].pk,
    "case": case.key, "packet": sample.key, "upload": log.upload_id, "file": log.pk, "recording": recorded.upload_id,
    "recorded": recorded.pk, "approval": approval.pk, "person": Person.objects.get(email="vic@sevline.example").pk,
    "resolved": Case.objects.visible_to(sam).filter(status="resolved").order_by("-pk")[0].key,
    "fresh": Case.objects.visible_to(ines).exclude(pk__in=Escalation.objects.values("case"))[0].key,
    "accepted": sent.filter(status="accepted_acting")[0].key, "sent": sent.filter(status="changes_requested")[0].key,
}))
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page: `who` is the first part of a demo person's e-mail address, or nobody; `status` is what is answered."""

    who: str
    address: str
    status: int = 200

    @property
    def name(self) -> str:
        words = "".join(sign if sign.isalnum() else "-" for sign in self.address).strip("-")
        return f"{words or 'desk'}--{self.who or 'signed-out'}"


def keys(desk: Product) -> dict[str, Any]:
    """What stands for `{case}` and the like on the demo desk."""
    found: dict[str, Any] = json.loads(desk.run_code(KEYS).splitlines()[-1])
    return found


def templates() -> Iterator[tuple[str, str]]:
    """(role or nobody, address with its keys open) of every page that answers a GET."""
    left_out = {*FILES, *PARTS}
    for rule in routes.RULES:
        if rule.method == "GET" and 200 in rule.answers and rule.address not in left_out:
            # Engineering sees no draft: it answers the packet that was sent.
            address = rule.address.replace("{packet}", "{sent}") if rule.roles == routes.ENGINEERING else rule.address
            address = address.replace("/supportability/sso", "/supportability/webhooks")  # an area of the demo desk
            yield next(role for role in CAST if role in rule.roles), address
    yield "support_manager", routes.APPROVAL
    yield from MORE


def signed_in(keys_: dict[str, Any]) -> list[Opened]:
    """The pages of the people of the desk, each person's together."""
    # The pages about signing in come first: who one is was confirmed just now, and counts for some minutes.
    pages = {Opened("sam", address): None for address in routes.OPEN if address not in FILES and _stays(address)}
    pages |= {Opened(PEOPLE[role], address.format(**keys_)): None for role, address in templates()}
    refused = (("/cases/C-999999", 404), ("/people/", 403), ("/cases/?view=no-such-view", 422))
    pages |= {Opened("sam", address, status): None for address, status in refused}
    return sorted(pages, key=lambda page: page.who)


def _stays(address: str) -> bool:
    """Whether the address shows a page of its own to somebody who has no second factor yet."""
    return routes.OPEN[address][1] in {200, 302} and "/keys/1/" not in address


def signed_out() -> list[Opened]:
    return [
        Opened(NOBODY, address, 200 if status in {200, 302} else status)
        for address, (status, _) in routes.OPEN.items()
        if address not in FILES and status != NOT_A_PAGE and not address.startswith(FOR_PROGRAMS)
    ]
