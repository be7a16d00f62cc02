"""Customers and their environments are added once, by those who may."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.customers import actions, selectors
from sevline.customers.models import Environment
from sevline.platform.models import Event
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db


def test_a_lead_adds_a_customer_and_its_environment_and_both_are_in_the_log() -> None:
    account = actions.add_account(by=cast().lea, name="Halden Clinics", plan="enterprise", region="eu", seats=900)
    actions.add_environment(account, by=cast().lea, name="Production", tenant="t_12", version="2026.11.3")

    assert [one.tenant for one in selectors.environments(cast().sam, account)] == ["t_12"]
    assert set(Event.objects.filter(subject_key="halden-clinics").values_list("kind", flat=True)) == {
        "account.added",
        "environment.added",
    }


def test_the_same_name_or_tenant_is_refused() -> None:
    account = actions.add_account(by=cast().lea, name="Halden Clinics")
    actions.add_environment(account, by=cast().lea, name="Production", tenant="t_12")

    with pytest.raises(Refused, match="already"):
        actions.add_account(by=cast().lea, name="Halden  clinics")
    with pytest.raises(Refused, match="already"):
        actions.add_environment(account, by=cast().lea, name="Other", tenant=" t_12 ")


@pytest.mark.parametrize("given", [{"name": "!!"}, {"name": "A", "plan": "gold"}, {"name": "A", "time_zone": "Mars"}])
def test_bad_input_is_answered_with_a_sentence(given: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"\.$"):
        actions.add_account(by=cast().lea, **given)


def test_a_specialist_may_not_add_customers() -> None:
    with pytest.raises(Forbidden):
        actions.add_account(by=cast().sam, name="Halden Clinics")


def test_an_upgrade_is_in_the_log_with_the_version_before() -> None:
    account = actions.add_account(by=cast().lea, name="Halden Clinics")
    environment = actions.add_environment(account, by=cast().lea, name="P", tenant="t_1", version="2026.11.2")

    actions.set_version(environment.pk, by=cast().lea, version="2026.11.3")

    assert Event.objects.get(kind="environment.upgraded").data == {"before": "2026.11.2", "version": "2026.11.3"}


def test_the_database_itself_keeps_a_tenant_from_standing_with_two_customers() -> None:
    make.environment(tenant="t_1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Environment.objects.create(account=make.account("meridian"), name="Production", tenant="t_1")
