"""Customers are found, added, edited and archived on their own pages by those who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sevline.cases.forms import ClassifyForm, NewCaseForm
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.customers import actions, selectors
from sevline.customers.models import Account, Environment
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"name": "Halden Clinics", "key": "", "plan": "enterprise", "region": "EU", "seats": "900"}
PLACE = {"name": "Production EU", "tenant": "t_12", "kind": "production", "region": "EU", "version": "2026.11.3"}


def test_a_customer_that_was_added_on_its_page_can_be_chosen_for_a_new_case() -> None:
    lead = signed_in(cast().lea)

    added = lead.post("/customers/new", TYPED)
    placed = lead.post("/customers/halden-clinics/environments/new", PLACE)

    assert (added.status_code, added["Location"]) == (302, "/customers/halden-clinics")
    assert placed.status_code == 302
    form = NewCaseForm(person=cast().sam)
    assert [one.name for one in form.fields["account"].queryset] == ["Halden Clinics"]  # type: ignore[attr-defined]
    assert [one.tenant for one in form.fields["environment"].queryset] == ["t_12"]  # type: ignore[attr-defined]


def test_the_new_case_form_leads_whoever_may_to_the_page_and_names_who_may_to_others() -> None:
    assert b'href="/customers/new" target="_blank"' in signed_in(cast().lea).get("/cases/new").content
    page = signed_in(cast().sam).get("/cases/new").content.decode()
    assert "/customers/new" not in page
    assert "may add customers." in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "brightwater"}, "There is a customer named “Brightwater” already."),
        ({"name": "Other", "key": "brightwater"}, "There is a customer with the key “brightwater” already"),
        ({"name": "Other", "key": "Not A Key"}, "is no key"),
        ({"name": "New"}, "“new” is no key"),
        ({"name": "!!"}, "at least one letter or digit"),
        ({"name": ""}, "This field is required"),
        ({"name": "Other", "time_zone": "Mars/North"}, "is no time zone"),
        ({"name": "Other", "seats": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_about_a_customer_is_said_in_a_sentence(given: dict[str, str], said: str) -> None:
    make.account()

    answer = signed_in(cast().lea).post("/customers/new", {"plan": "standard", **given})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tenant": "t_4471"}, "Brightwater has the tenant t_4471 already."),
        ({"tenant": " "}, "This field is required"),
        ({"kind": "cellar"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_about_an_environment_is_said_in_a_sentence(given: dict[str, str], said: str) -> None:
    make.environment()
    make.account("meridian")

    answer = signed_in(cast().lea).post("/customers/meridian/environments/new", {**PLACE, **given})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Environment.objects.count() == 1


def test_an_edit_is_in_the_trail_with_what_it_said_before() -> None:
    make.account()

    signed_in(cast().lea).post("/customers/brightwater", {**TYPED, "name": "Brightwater Retail"})

    assert Account.objects.get().name == "Brightwater Retail"
    kept = Event.objects.get(kind="account.edited").data
    assert kept["before"].startswith("Brightwater | enterprise | eu")
    assert kept["after"].startswith("Brightwater Retail | enterprise | EU | [confidential: needs access]")


def test_a_stale_edit_is_answered_with_both_texts_and_can_then_be_saved() -> None:
    account = make.account()
    seen = account.standing
    actions.edit_account(account.key, by=cast().mia, name="Brightwater Group", plan="standard")
    lead = signed_in(cast().lea)

    answer = lead.post("/customers/brightwater", {**TYPED, "seen": seen})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "it now says: Brightwater Group | standard" in page
    assert 'value="Halden Clinics"' in page
    assert Account.objects.get().name == "Brightwater Group"
    again = lead.post("/customers/brightwater", {**TYPED, "seen": Account.objects.get().standing})
    assert again.status_code == 302


def test_what_is_archived_is_offered_to_no_new_case_and_stays_with_its_own() -> None:
    environment = make.environment()
    case = make.case()
    signed_in(cast().lea).post("/customers/brightwater/switch/archive")
    case.account = environment.account

    new, kept = NewCaseForm(person=cast().sam), ClassifyForm(person=cast().sam, case=case)

    assert list(new.fields["account"].queryset) == []  # type: ignore[attr-defined]
    assert list(new.fields["environment"].queryset) == []  # type: ignore[attr-defined]
    assert list(kept.fields["account"].queryset) == [environment.account]  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="archived already"):
        actions.archive(environment.account, by=cast().lea)
    actions.restore(environment.account, by=cast().lea)
    assert Account.objects.in_use().count() == 1


def test_an_archived_environment_keeps_its_tenant_and_comes_back() -> None:
    environment = make.environment()
    actions.archive(environment, by=cast().lea)

    with pytest.raises(Refused, match="bring it back"):
        actions.add_environment(environment.account, by=cast().lea, name="Other", tenant="t_4471")

    actions.restore(environment, by=cast().lea)
    assert set(Event.objects.values_list("kind", flat=True)) >= {"environment.archived", "environment.restored"}


@pytest.mark.parametrize("address", ["/customers/", "/customers/brightwater"])
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_one(address: str) -> None:
    make.environment()
    lead = signed_in(cast().lea)
    with CaptureQueriesContext(connection) as few:
        lead.get(address)

    for number in range(12):
        make.environment(tenant=f"t_9{number}")
        make.environment(make.account(f"customer-{number}"), tenant=f"t_8{number}")
    with CaptureQueriesContext(connection) as many:
        lead.get(address)

    assert len(many) == len(few)


def test_the_list_is_searched_by_name_key_region_and_tenant() -> None:
    make.environment()
    make.account("meridian", region="us")

    found = {
        words: [one.key for one in selectors.directory(cast().sam, words=words)]
        for words in ("BRIGHT", "us", "4471", "x\x00y")
    }

    assert found == {"BRIGHT": ["brightwater"], "us": ["meridian"], "4471": ["brightwater"], "x\x00y": []}


def test_an_administrator_sees_the_customers_that_the_role_edits_and_a_customer_sees_none() -> None:
    account = make.account()

    assert len(selectors.directory(cast().ada)) == 1
    with pytest.raises(Forbidden):
        actions.archive(account, by=cast().sam)
    assert b">Customers" in signed_in(cast().ada).get("/").content
