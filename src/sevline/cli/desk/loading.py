"""Loading the demo desk, and taking it away again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.catalog.models import ProductArea
from sevline.cli.desk import story
from sevline.cli.desk.others import OTHERS, send, work
from sevline.cli.desk.surroundings import describe
from sevline.customers.models import Account, Environment, Plan
from sevline.escalations.models import Escalation
from sevline.people.actions import add_demo_cast
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.platform.jobs import worker

AREAS = (
    ("webhooks", "Webhooks", "delivery", True),
    ("rest-api", "REST API", "delivery", True),
    ("sign-in", "Sign-in and SSO", "identity-platform", True),
    ("provisioning", "User provisioning", "identity-platform", False),
    ("reports", "Reports", "delivery", False),
)
ACCOUNTS = (
    ("brightwater", "Brightwater Retail", Plan.ENTERPRISE, "EU", 2140, "t_4471"),
    ("meridian", "Meridian Foods", Plan.ENTERPRISE, "EU", 910, "t_1180"),
    ("tessel", "Tessel Bank", Plan.ENTERPRISE, "EU", 5200, "t_2093"),
    ("harbour", "Harbour Logistics", Plan.STANDARD, "US", 160, "t_3007"),
    ("oakfield", "Oakfield Clinics", Plan.STANDARD, "UK", 75, "t_0912"),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: the half-worked sample case, its packet, and the password of every demo person."""

    case: Case
    escalation: Escalation
    password: str
    cases: int


def prepare(password: str = "") -> tuple[story.Desk, str]:
    """The cast, the product areas and the accounts."""
    with transaction.atomic():
        made = add_demo_cast(password)
        for key, name, team, is_critical in AREAS:
            defaults = {"name": name, "engineering": Team.objects.get(key=team), "is_critical": is_critical}
            ProductArea.objects.get_or_create(key=key, defaults=defaults)
        for key, name, plan, region, seats, tenant in ACCOUNTS:
            account, _ = Account.objects.get_or_create(
                key=key, defaults={"name": name, "plan": plan, "region": region, "seats": seats}
            )
            Environment.objects.get_or_create(
                account=account, tenant=tenant, defaults={"name": f"Production {region}", "version": "2026.11.3"}
            )
    people = {person.email.partition("@")[0]: person for person in made.people}
    desk = story.Desk(
        agent=people["sam"],
        lead=people["lea"],
        engineer=people["noor"],
        area=ProductArea.objects.get(key="webhooks"),
        tenant=Environment.objects.get(tenant="t_4471"),
        now=clock.now(),
    )
    return desk, made.password


def load(password: str = "", say: Callable[[str], None] = lambda _: None) -> Loaded:
    """Everything that the demo desk holds; the sample case stands before its packet is complete. `say` is told each
    step as it begins, for all of them take minutes."""
    say("people, product areas and customers")
    desk, password = prepare(password)
    describe(desk)
    worked = []
    for number, other in enumerate(OTHERS, 1):
        say(f"case {number} of {len(OTHERS) + 1}: {other.title}")
        worked.append((other, work(other, desk)))
    say(f"case {len(OTHERS) + 1} of {len(OTHERS) + 1}: the sample case; its files are redacted and read")
    case = story.open_sample(desk)
    story.attach_sample(desk, case)
    items = story.cite_sample(desk, case)
    say("the sample case: diagnosis and packet")
    story.diagnose_sample(desk, case, items)
    escalation = story.draft_sample(desk, case)
    say("packets on their way to Engineering, and what is left to do in the background")
    for other, sent in worked:
        if other.ends == "sent":
            send(other, desk, sent)
    case.refresh_from_db()
    cases.set_next_action(
        case.key,
        by=desk.agent,
        text=f"Complete {escalation.key} and send it to Engineering",
        due=desk.now + timedelta(minutes=28),
    )
    worker.drain()
    return Loaded(case, escalation, password, Case.objects.filter(owner__is_demo=True).count())


def is_empty() -> bool:
    """Whether nobody has signed in to this installation and nothing is in it."""
    return not Person.objects.exists() and not Case.objects.exists()
