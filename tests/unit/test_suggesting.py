"""What a pasted ticket says about itself is suggested; what it leaves open is not made up."""

import pytest

from sevline.core.extraction.suggesting import Known, KnownPlace, suggest

KNOWN = Known(
    accounts={"1": "Northwind Trading", "2": "Contoso"},
    areas={"7": "Identity", "8": "Billing"},
    places=(
        KnownPlace("11", "1", "EU production", "production", "nw-4711", "2026.11.3"),
        KnownPlace("12", "1", "Sandbox", "sandbox", "nw-sand"),
        KnownPlace("21", "2", "Main", "production", "contoso-1"),
    ),
)
TICKET = """Hello team,

SAML sign-in fails for all 400 users of Northwind Trading. It is the Identity part, in production.
Since 2026-11-16 10:42 CET. Priority: high.
"""


def test_a_ticket_fills_each_field_that_it_names_with_the_words_it_rests_on() -> None:
    found = suggest(TICKET, KNOWN)

    assert {name: said.value for name, said in found.items()} == {
        "title": "SAML sign-in fails for all 400 users of Northwind Trading",
        "account": "1",
        "environment": "11",
        "product_area": "7",
        "issue_type": "saml",
        "customer_severity": "2",
        "impact_started": "2026-11-16 09:42 UTC",
        "impact_users": "all 400 users",
    }
    assert found["customer_severity"].quote == "Priority: high"
    assert found["environment"].quote == "production"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Subject: Webhooks are late", "title", "Webhooks are late"),
        ("Broken for tenant contoso-1", "account", "2"),
        ("Broken for tenant contoso-1", "environment", "21"),
        ("This is a Sev1.", "customer_severity", "1"),
        ("Ticket P3 of today", "customer_severity", "3"),
        ("Down since 2026-11-16 10:42", "impact_started", "2026-11-16 10:42 (zone unknown)"),
        ("Down since 14:40 CET", "impact_started", "14:40 CET (day not said)"),
        ("Northwind Trading runs 2026.11.3 and it fails", "environment", "11"),
    ],
)
def test_other_ways_to_say_it_are_understood(text: str, field: str, value: str) -> None:
    assert suggest(text, KNOWN)[field].value == value


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Northwind Trading and Contoso both fail", "account"),
        ("Tenants nw-4711 and contoso-1 fail", "environment"),
        ("Sev1 for them, Sev3 for us", "customer_severity"),
        ("SAML works, SCIM fails", "issue_type"),
        ("Identity or Billing, one of both", "product_area"),
        ("Northwind Trading: not production", "environment"),
        ("Northwind Trading: the non-production system", "environment"),
        ("Contosoft fails", "account"),
        ("At 10:42 it was fine", "impact_started"),
        ("", "title"),
        ("Hello team,", "title"),
    ],
)
def test_what_is_not_said_or_said_twice_is_left_to_a_person(text: str, field: str) -> None:
    assert field not in suggest(text, KNOWN)


def test_an_ambiguous_zone_is_asked_back() -> None:
    value = suggest("Down since 2026-11-16 10:42 IST", KNOWN)["impact_started"].value

    assert value.startswith("2026-11-16 10:42 IST (zone unknown: India")


def test_a_long_subject_ends_with_a_whole_word() -> None:
    said = suggest(f"Subject: {'sign-in fails ' * 40}", KNOWN)["title"]

    assert len(said.value) <= 120
    assert said.value.endswith(("sign-in", "fails"))
