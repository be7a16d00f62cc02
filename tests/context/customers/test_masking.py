"""A field that not everybody reads is masked alike wherever it is shown, and reading it under a grant is kept."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from sevline.cases.models import Case
from sevline.customers.actions import add_profile_fact, edit_account, record_authority
from sevline.diagnosis.actions import add_profile
from sevline.governance import actions as governance
from sevline.people import actions as people
from sevline.people.models import Notice, Person
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault import actions as vault
from tests import make
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIREWALL = "pair fw-a and fw-b, rule set 41"
VERIFIED = "letter of their administrator, filed under L-9"
MASK = "[confidential: needs access]"
WHY = "Their firewall drops our deliveries."


@pytest.fixture
def case(settings: Any) -> Case:
    """An open case of sam's, on a desk with a mail server."""
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"smtp_url": "smtp://mail.example.test"})
    return make.case(severity=2, by=cast().sam)


def fact(value: str = FIREWALL) -> None:
    add_profile_fact(make.account(), by=cast().lea, kind="firewall", value=value, source="their admin")


def page(who: Person, path: str = "/customers/brightwater/profile") -> str:
    return str(signed_in(who).get(path).content.decode())


def by_api(who: Person) -> Any:
    secret = people.make_token(by=who, name="nightly", scopes=("customers:read",), days=30).secret
    return Client().get("/api/v1/customers/brightwater", headers={"Authorization": f"Bearer {secret}"})


def open_to(who: Person, case: Case) -> None:
    grant = governance.ask_access(
        case.ref, make.account().ref, by=cast().lea, person=who, what="Firewall", reason=WHY, minutes=60
    )
    governance.answer(int(grant.approval_id or 0), by=cast().mia, approve=True)


@pytest.mark.requirement("R-260")
def test_a_confidential_field_is_masked_alike_in_html_api_csv_and_mail(
    case: Case, mailoutbox: list[EmailMessage]
) -> None:
    fact()
    worker.drain()
    sam = cast().sam

    shown = {
        "page": page(sam),
        "api": by_api(sam).content.decode(),
        "csv": page(sam, "/customers/brightwater/profile.csv"),
        "json": page(sam, "/customers/brightwater/profile.json"),
        "notice": Notice.objects.get(person=sam, key__startswith="profile:").text,
        "mail": "".join(str(mail.body) for mail in mailoutbox if sam.email in mail.to),
        "trail": str(list(Event.objects.values_list("data", flat=True))),
    }

    assert {way: MASK in text for way, text in shown.items()} == dict.fromkeys(shown, True)
    assert {way: "fw-a" in text for way, text in shown.items()} == dict.fromkeys(shown, False)


@pytest.mark.requirement("R-260")
def test_revealing_takes_a_reason_and_is_in_the_trail(case: Case) -> None:
    fact()

    open_to(cast().sam, case)
    told = by_api(cast().sam).json()

    rows = {event.kind: event.data for event in Event.objects.filter(case_key=case.key)}
    assert told["profile"][0]["value"] == FIREWALL
    assert rows["approval.asked"]["reason"] == WHY
    assert rows["access.used"]["fields"] > 0


def test_whoever_keeps_the_customer_reads_it_everywhere(case: Case, mailoutbox: list[EmailMessage]) -> None:
    make.case(severity=2, by=cast().mia)
    fact()
    worker.drain()
    mia = cast().mia

    shown = [
        page(mia),
        by_api(mia).content.decode(),
        page(mia, "/customers/brightwater/profile.csv"),
        Notice.objects.get(person=mia, key__startswith="profile:").text,
        "".join(str(mail.body) for mail in mailoutbox if mia.email in mail.to),
    ]

    assert [FIREWALL in text for text in shown] == [True] * len(shown)


def test_figures_of_the_contract_and_how_a_contact_was_verified_are_masked_too(case: Case) -> None:
    account = make.account()
    record_authority(account, by=cast().lea, contact="service desk", speaks_as="admin", verified_how=VERIFIED)
    pages = ("/customers/brightwater", "/customers/", f"/cases/{case.key}", "/customers/brightwater/authority")
    told = by_api(cast().sam).json()

    for_sam, for_lea = ([page(who, path) for path in pages] for who in (cast().sam, cast().lea))

    assert [MASK in text for text in for_sam] == [True, True, False, True]
    assert "how many seats is confidential" in for_sam[2]
    assert [MASK in text for text in for_lea] == [False] * 4
    assert "L-9" not in "".join(for_sam)
    assert "2,140" not in "".join(for_sam)
    assert (told["seats"], told["contacts"][0]["verified_how"]) == (MASK, MASK)


def test_the_trail_says_that_seats_changed_and_not_to_what(case: Case) -> None:
    given = {"name": "Brightwater", "plan": "enterprise", "region": "eu", "time_zone": "UTC", "language": "en"}
    edit_account(make.account().key, by=cast().lea, seats=977, **given)

    kept = Event.objects.get(kind="account.edited").data

    assert kept["after"].endswith("(seats changed)")
    assert "977" not in str(kept)


def test_an_address_of_a_colleague_is_read_by_whom_it_concerns_and_found_by_nobody_else() -> None:
    lea, aud = cast().lea, cast().aud

    assert cast().sam.email in page(lea, "/people/?q=sam")
    assert "[personal: needs access]" in page(aud, "/people/?q=sam")
    assert cast().sam.email not in page(aud, "/people/?q=sam")
    assert "Nobody found" in page(aud, f"/people/?q={cast().sam.email}")


def test_a_program_without_the_scope_or_the_right_reads_no_customer() -> None:
    make.account()
    secret = people.make_token(by=cast().sam, name="nightly", scopes=("evidence:read",), days=30).secret
    answer = Client().get("/api/v1/customers/brightwater", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 403
    assert Client().get("/api/v1/customers/brightwater").status_code == 401


def test_a_profile_that_becomes_evidence_holds_only_what_everybody_on_the_case_reads(case: Case) -> None:
    fact()
    add_profile_fact(make.account(), by=cast().lea, kind="idp", value="SAML, Okta", source="their admin")

    upload = add_profile(case.key, by=cast().lea)
    kept = b"".join(vault.open_file(int(upload.original_id or 0)))

    assert b"SAML, Okta" in kept
    assert b"fw-a" not in kept
