"""What is known of a customer's surroundings: source, age, and the profile of an earlier day."""

from datetime import timedelta

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.customers import actions, selectors
from sevline.customers.models import Account, ProfileFact
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def known(account: Account, value: str = "SAML, Okta", *, days: int = 0, replaces: int | None = None) -> ProfileFact:
    """A fact as it was written that many days after the Monday of the tests."""
    with clock.held_at(make.MONDAY + days * DAY):
        return actions.add_profile_fact(
            account, by=cast().lea, kind="idp", value=value, source="call with their IT", replaces=replaces
        )


def shown(account: Account, *, days: float) -> list[tuple[str, bool]]:
    facts = selectors.profile(cast().sam, account, at=make.MONDAY + days * DAY)
    return [(fact.row.value, fact.verify) for fact in facts]


@pytest.mark.requirement("R-059")
def test_a_fact_older_than_180_days_says_verify_and_a_case_refers_to_the_profile_as_it_was_then() -> None:
    account = make.account()
    first = known(account)
    case = make.case(of=account, at=make.MONDAY + 10 * DAY)
    known(account, "OIDC, Entra", days=200, replaces=first.pk)

    assert shown(account, days=180) == [("SAML, Okta", False)]
    assert shown(account, days=180.01) == [("SAML, Okta", True)]
    assert shown(account, days=201) == [("OIDC, Entra", False)]
    page = signed_in(cast().sam).get(f"/cases/{case.key}").content.decode()
    link = page.split(f"/customers/{account.key}/profile")[1].split('"')[0]
    then = signed_in(cast().sam).get(f"/customers/{account.key}/profile{link}").content.decode()
    assert "SAML, Okta" in then
    assert "OIDC, Entra" not in then


def test_verifying_makes_a_fact_young_and_keeps_what_was_known_before() -> None:
    account = make.account()
    first = known(account)
    with clock.held_at(make.MONDAY + 190 * DAY):
        actions.verify_profile_fact(account, first.pk, by=cast().lea, source="their admin")

    assert shown(account, days=191) == [("SAML, Okta", False)]
    assert shown(account, days=189) == [("SAML, Okta", True)]
    assert ProfileFact.objects.count() == 2


def test_a_fact_that_ended_is_gone_from_then_on() -> None:
    account = make.account()
    first = known(account)
    with clock.held_at(make.MONDAY + 5 * DAY):
        actions.end_profile_fact(account, first.pk, by=cast().lea)

    assert (shown(account, days=4), shown(account, days=5)) == ([("SAML, Okta", False)], [])
    with pytest.raises(Refused, match="no such fact any more"):
        actions.end_profile_fact(account, first.pk, by=cast().lea)


def test_a_fact_needs_a_kind_a_value_and_a_source_and_names_no_person() -> None:
    account, lea = make.account(), cast().lea

    with pytest.raises(Refused, match="about one of idp"):
        actions.add_profile_fact(account, by=lea, kind="moon", value="x", source="y")
    with pytest.raises(Refused, match="its source"):
        actions.add_profile_fact(account, by=lea, kind="idp", value="Okta", source=" ")
    with pytest.raises(Refused, match="Name a role or a place instead"):
        actions.add_profile_fact(account, by=lea, kind="contact", value="helen@brightwater.example", source="call")
    with pytest.raises(Forbidden):
        actions.add_profile_fact(account, by=cast().sam, kind="idp", value="Okta", source="call")


def test_a_fact_of_another_customer_cannot_be_ended() -> None:
    fact = known(make.account())

    with pytest.raises(Refused, match="no such fact"):
        actions.end_profile_fact(make.account("other"), fact.pk, by=cast().lea)


def test_the_page_adds_verifies_and_ends_facts() -> None:
    account, lea = make.account(), signed_in(cast().lea)
    address = f"/customers/{account.key}/profile"

    added = lea.post(address, {"kind": "egress", "value": "203.0.113.0/24", "source": "ticket"}, follow=True)
    fact = ProfileFact.objects.get()
    verified = lea.post(f"{address}/{fact.pk}/verify", {"source": "their admin"}, follow=True)
    newest = ProfileFact.objects.get(ended_at=None)
    ended = lea.post(f"{address}/{newest.pk}/end", follow=True)

    assert "203.0.113.0/24" in added.content.decode()
    assert "Source: their admin" in verified.content.decode()
    assert "Nothing is known yet" in ended.content.decode()
    assert lea.post(address, {"kind": "idp"}).status_code == 422
    assert lea.get(f"{address}?at=moon").status_code == 200
