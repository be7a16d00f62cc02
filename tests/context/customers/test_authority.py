"""In whose name a contact speaks is recorded, checked before a step, and renewed."""

from datetime import timedelta

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.customers import actions, selectors
from sevline.customers.models import Account, ContactAuthority
from sevline.platform import clock
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DESK = "service desk of Northgate"


def recorded(account: Account, *, days: int = 30, replaces: int | None = None) -> ContactAuthority:
    """An MSP that may see data, for so many days."""
    return actions.record_authority(
        account,
        by=cast().lea,
        contact=DESK,
        speaks_as="msp",
        may_see_data=True,
        verified_how="letter of their administrator",
        until=clock.now() + days * DAY,
        replaces=replaces,
    )


@pytest.mark.requirement("R-038")
def test_an_msp_whose_authority_ran_out_asks_for_tenant_data_is_refused_and_told_how_to_renew_it() -> None:
    account = make.account()
    row = recorded(account)
    sam = signed_in(cast().sam)
    check = f"/customers/{account.key}/authority/{row.pk}/check"
    before = sam.post(check, {"step": "disclose"}, follow=True).content.decode()

    with clock.held_at(clock.now() + 31 * DAY):
        with pytest.raises(Refused, match=r"ran out on .* to confirm it in writing, then renew it here"):
            actions.check_authority(account, row.pk, by=cast().sam, step="disclose")
        late = sam.post(check, {"step": "disclose"}, follow=True).content.decode()
        renewed = recorded(account, replaces=row.pk)
        actions.check_authority(account, renewed.pk, by=cast().sam, step="disclose")

    kept = [event.data["refused"] for event in Event.objects.filter(kind="account.authority_checked").order_by("seq")]
    assert "The contact may ask for this" in before
    assert "then renew it here with its new end" in late
    assert [bool(refused) for refused in kept] == [False, True, True, False]


def test_what_is_renewed_is_written_anew_and_the_day_before_still_shows_the_old_one() -> None:
    account = make.account()
    first = recorded(account)
    then = clock.now()
    second = recorded(account, days=400, replaces=first.pk)

    now = selectors.authorities(cast().sam, account, at=clock.now())
    earlier = selectors.authorities(cast().sam, account, at=then)
    assert [contact.row.pk for contact in now] == [second.pk]
    assert [contact.row.pk for contact in earlier] == [first.pk]


def test_a_provider_has_an_end_and_nobody_is_named() -> None:
    account = make.account()

    with pytest.raises(Refused, match="ends on a day to come"):
        actions.record_authority(
            account, by=cast().lea, contact=DESK, speaks_as="msp", verified_how="letter", until=clock.now()
        )
    with pytest.raises(Refused, match="is not kept here"):
        actions.record_authority(
            account, by=cast().lea, contact="mia@northgate.example", speaks_as="admin", verified_how="letter"
        )


def test_whoever_may_not_edit_customers_records_nothing() -> None:
    with pytest.raises(Forbidden):
        actions.record_authority(make.account(), by=cast().noor, contact=DESK, speaks_as="admin", verified_how="call")
    assert selectors.authorities(cast().eve, make.account(), at=clock.now()) == []


def test_the_form_keeps_a_contact_and_says_what_is_wrong() -> None:
    account = make.account()
    lea, address = signed_in(cast().lea), f"/customers/{account.key}/authority"

    wrong = lea.post(address, {"contact": DESK, "speaks_as": "msp", "verified_how": "letter"})
    right = lea.post(
        address, {"contact": DESK, "speaks_as": "msp", "verified_how": "letter", "until": "2099-01-01"}, follow=True
    )

    assert wrong.status_code == 422
    assert "ends on a day to come" in wrong.content.decode()
    assert DESK in right.content.decode()
