"""Builders: typed functions that make what a test needs by the product's own actions."""

from datetime import UTC, datetime, timedelta

from sevline.cases import actions
from sevline.cases.models import Case
from sevline.catalog.models import ProductArea
from sevline.core.severity import (
    DataEffect,
    Deadline,
    Degree,
    Journey,
    SeverityAnswers,
    Workaround,
)
from sevline.core.severity import (
    Environment as Where,
)
from sevline.customers.models import Account, Environment, Plan
from sevline.people.models import Person, Team
from sevline.platform import clock
from tests.cast import cast

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)  # a working day in every calendar of the tables
TICKET = "SSO has failed since 2026-11-16T09:42:00Z for all 400 users, request req-81f3. Ask helen@brightwater.example."
SUMMARY = "The connection pool was raised to 64 and deliveries recovered within ten minutes."


def team(key: str = "integrations") -> Team:
    return cast().teams[key]


def product_area(key: str = "sso", *, critical: bool = True) -> ProductArea:
    defaults = {"name": key.upper(), "engineering": team("identity-platform"), "is_critical": critical}
    return ProductArea.objects.get_or_create(key=key, defaults=defaults)[0]


def account(key: str = "brightwater", *, plan: Plan = Plan.ENTERPRISE, region: str = "eu") -> Account:
    defaults = {"name": key.title(), "plan": plan, "region": region, "seats": 2140}
    return Account.objects.get_or_create(key=key, defaults=defaults)[0]


def environment(of: Account | None = None, tenant: str = "t_4471") -> Environment:
    defaults = {"name": "Production EU", "version": "2026.11.3"}
    return Environment.objects.get_or_create(account=of or account(), tenant=tenant, defaults=defaults)[0]


def answers(severity: int = 2) -> SeverityAnswers:
    """Answers without unknowns that the severity table rates as asked: by SEV-R3, SEV-R4, SEV-R8 or SEV-R10."""
    shares = {1: 38.0, 2: 0.3, 3: 0.3, 4: 0.0}
    return SeverityAnswers(
        environment=Where.PRODUCTION,
        journey=Journey.CRITICAL,
        degree=Degree.MINOR if severity == 4 else Degree.UNAVAILABLE,
        accounts_percent=shares[severity],
        seats_percent=shares[severity],
        data_effect=DataEffect.NONE,
        workaround=Workaround.ACCEPTED if severity == 3 else Workaround.NONE,
        deadline=Deadline.NONE,
    )


def case(
    title: str = "Sign-in fails for all users of one account",
    *,
    by: Person | None = None,
    severity: int | None = None,
    of: Account | None = None,
    text: str = TICKET,
    at: datetime | None = None,
    in_team: Team | None = None,
    customer_severity: int | None = None,
    issue_type: str = "saml",
) -> Case:
    """A case of Sam's, opened at `at`; with a severity it is taken and triaged in the same second."""
    person = by or cast().sam
    with clock.held_at(at or clock.now()):
        made = actions.open_case(
            by=person,
            text=text,
            title=title,
            product_area=product_area(),
            team=in_team or team(),
            account=of or account(),
            issue_type=issue_type,
            customer_severity=customer_severity,
        )
        if severity is not None:
            due = clock.now() + timedelta(hours=1)
            actions.take(made.key, by=person, next_action="Confirm the certificate", due=due)
            actions.triage(made.key, by=person, answers=answers(severity))
    made.refresh_from_db()
    return made


def resolved() -> Case:
    """A case that was resolved with an answer that needs no fix."""
    made = case(severity=3)
    with clock.held_at(clock.now()):
        actions.resolve(made.key, by=cast().sam, code="answered", cause="usage", summary=SUMMARY)
    made.refresh_from_db()
    return made
