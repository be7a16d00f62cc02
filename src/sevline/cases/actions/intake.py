"""Opening a case, and correcting what it says about itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count

from django.db import IntegrityError, transaction
from django.db.models import Max

from sevline.cases.actions.working import (
    impact_card,
    keep_facts,
    locked_open,
    phrase,
    required,
    seal,
    settle,
    show_to,
)
from sevline.cases.events import CaseClassified, CaseOpened, ImpactSet, NextActionSet
from sevline.cases.models import UNKNOWN, Case, Message, MessageKind
from sevline.catalog.models import ProductArea
from sevline.core.case import OwnStep
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, holds, require
from sevline.customers.models import Account, Environment
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.vault import actions as vault

FIRST_NUMBER = 1001
FIRST_STEP_WITHIN = timedelta(minutes=30)


@transaction.atomic
def open_case(
    *,
    by: Person,
    text: str,
    title: str,
    product_area: ProductArea,
    team: Team | None = None,
    account: Account | None = None,
    environment: Environment | None = None,
    issue_type: str = "",
    impact: Mapping[str, str] | None = None,
    customer_severity: int | None = None,
) -> Case:
    """Open a case from the customer's words."""
    require(by, Right.CASE_OPEN)
    return _open(
        by,
        text=required(text, "Paste what the customer wrote."),
        title=required(title, "Give the case a title."),
        product_area=product_area,
        team=team or _own_team(by),
        account=_account(account, environment),
        environment=environment,
        issue_type=issue_type,
        impact=impact or {},
        customer_severity=_level(customer_severity),
    )


def _own_team(by: Person) -> Team:
    team = by.teams.filter(is_engineering=False).first()
    if team is None:
        raise Refused("Choose the team that works on this case.")
    return team


def _account(account: Account | None, environment: Environment | None) -> Account | None:
    if environment is None:
        return account
    if account is not None and environment.account_id != account.pk:
        raise Refused(f"{environment} is no environment of {account}.")
    return environment.account


def _level(severity: int | None) -> int | None:
    if severity is not None and severity not in {1, 2, 3, 4}:
        raise Refused("The customer's severity is a number from 1 to 4.")
    return severity


def _reserve_number() -> int:
    """The next free number, held by the key of its case: whoever writes the key first has the number."""
    highest = Case.objects.aggregate(highest=Max("number"))["highest"] or FIRST_NUMBER - 1
    for number in count(highest + 1):
        try:
            with transaction.atomic():
                vault.make_key(f"C-{number}")
        except IntegrityError:
            continue
        break
    return number


def _open(
    by: Person,
    *,
    text: str,
    title: str,
    product_area: ProductArea,
    team: Team,
    account: Account | None,
    environment: Environment | None,
    issue_type: str,
    impact: Mapping[str, str],
    customer_severity: int | None,
) -> Case:
    at, number = clock.now(), _reserve_number()
    key = f"C-{number}"
    case = Case.objects.create(
        number=number,
        title=phrase(key, "title", title, 200),
        issue_type=issue_type,
        product_area=product_area,
        account=account,
        environment=environment,
        team=team,
        owner=by,
        opened_by=by,
        opened_at=at,
        customer_severity=customer_severity,
        impact=impact_card(key, impact),
        next_action=OwnStep.FIRST.value,
        next_action_by=by,
        next_action_due=at + FIRST_STEP_WITHIN,
    )
    show_to(case, team)
    return settle(case, _opened(case, _ticket(case, text)), at=at)


def _ticket(case: Case, text: str) -> Message:
    said = seal(case.key, "ticket", text)
    message = Message.objects.create(
        case=case,
        kind=MessageKind.TICKET,
        text=said.text,
        sealed_id=said.sealed_id,
        counts=said.counts,
        author=case.opened_by,
        at=case.opened_at,
    )
    keep_facts(case, message)
    return message


def _opened(case: Case, message: Message) -> CaseOpened:
    account = case.account
    return CaseOpened(
        by=case.opened_by.ref,
        subject=case.ref,
        case=case.key,
        title=case.title,
        team=case.team.key,
        product_area=case.product_area.key,
        issue_type=case.issue_type,
        plan=account.plan if account else "",
        region=account.region if account else "",
        customer_severity=case.customer_severity,
        impact=case.impact,
        message=message.pk,
    )


@transaction.atomic
def classify(
    case_key: str,
    *,
    by: Person,
    issue_type: str,
    product_area: ProductArea,
    account: Account | None = None,
    environment: Environment | None = None,
    seen_version: int | None = None,
) -> Case:
    """Say what kind of trouble this is, and whose; the account's plan picks the targets of the clocks."""
    require(by, Right.CASE_EDIT)
    case = locked_open(by, case_key, seen_version)
    case.issue_type, case.product_area = issue_type, product_area
    case.account, case.environment = _account(account, environment), environment
    classified = CaseClassified(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        issue_type=issue_type,
        product_area=product_area.key,
        account=case.account.name if case.account else "",
        environment=environment.name if environment else "",
        plan=case.account.plan if case.account else "",
        region=case.account.region if case.account else "",
    )
    return settle(case, classified, at=clock.now(), fields=("issue_type", "product_area", "account", "environment"))


@transaction.atomic
def set_impact(case_key: str, *, by: Person, impact: Mapping[str, str], seen_version: int | None = None) -> Case:
    """Write the impact card; a field that is left out says “unknown”."""
    require(by, Right.CASE_EDIT)
    case = locked_open(by, case_key, seen_version)
    case.impact = impact_card(case.key, impact)
    unknowns = tuple(name for name, value in case.impact.items() if value == UNKNOWN)
    happened = ImpactSet(by=by.ref, subject=case.ref, case=case.key, impact=case.impact, unknowns=unknowns)
    return settle(case, happened, at=clock.now(), fields=("impact",))


@transaction.atomic
def set_next_action(
    case_key: str, *, by: Person, text: str, due: datetime, who: Person | None = None, seen_version: int | None = None
) -> Case:
    """Say what happens next, who does it and by when (UTC)."""
    require(by, Right.CASE_EDIT)
    case = locked_open(by, case_key, seen_version)
    text = required(text, "Say what happens next.")
    if due <= clock.now():
        raise Refused("The next action is due in the past. Give a time that is still to come.")
    if who is not None and who != case.owner and not holds(who, Right.CASE_EDIT):
        raise Refused(f"{who.name} may not edit a case, and so cannot do the next action. Choose somebody who may.")
    case.next_action = phrase(case.key, "next action", text, 200)
    case.next_action_by, case.next_action_due = who or case.owner, due
    happened = NextActionSet(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        next_action=case.next_action,
        who=case.next_action_by.name,
        due=due,
    )
    return settle(case, happened, at=clock.now(), fields=("next_action", "next_action_by", "next_action_due"))
