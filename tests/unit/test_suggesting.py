"""What a pasted ticket says about itself is suggested; what it leaves open is not made up."""

from datetime import UTC, datetime

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


SPOKEN = """Hi, since about 09:40 CET nobody of us can sign in through Okta SSO. Every try ends with invalid audience.
We changed nothing on our side.
"""
NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


def test_a_spoken_ticket_gives_type_area_title_and_the_moment_in_utc() -> None:
    known = Known(accounts={}, areas={"3": "Sign-in and SSO", "4": "Webhooks", "5": "REST API"})

    found = suggest(SPOKEN, known, NOON)

    assert {name: said.value for name, said in found.items()} == {
        "title": "Nobody of us can sign in through Okta SSO",
        "product_area": "3",
        "issue_type": "saml",
        "impact_started": "2026-11-25 08:40 UTC",
    }
    assert found["product_area"].quote == "sign in"
    assert found["impact_started"].quote.endswith("(the day is not said, taken as today)")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Down since 13:40 CET", "2026-11-24 12:40 UTC"),  # 13:40 in that zone is still to come
        ("Down since 09:40 CET yesterday", "2026-11-24 08:40 UTC"),
        ("Down since 1:10 pm JST", "2026-11-25 04:10 UTC"),
        ("Down since 23:50 NZDT", "2026-11-25 10:50 UTC"),
    ],
)
def test_a_time_without_its_day_is_the_last_one_before_now(text: str, value: str) -> None:
    assert suggest(text, KNOWN, NOON)["impact_started"].value == value


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Hi,\nwe use your product daily.\nThe export of invoices fails with 500.",
            "The export of invoices fails with 500",
        ),
        ("Hello support team, webhooks are not delivered.", "Webhooks are not delivered"),
        ("Dear all: good day. Users cannot open reports!", "Users cannot open reports!"),
        ("We need a new seat for Anna in accounting.", "We need a new seat for Anna in accounting"),
    ],
)
def test_the_title_is_the_sentence_that_says_what_fails(text: str, title: str) -> None:
    assert suggest(text, KNOWN)["title"].value == title


def test_a_long_sentence_is_cut_to_ninety_characters_at_a_word() -> None:
    title = suggest("Webhooks fail " + "and fail again " * 20, KNOWN)["title"].value

    assert len(title) <= 90
    assert title.endswith(("and", "fail", "again"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SSO fails with error 403", "saml"),
        ("Okta cannot provision, SCIM is silent", "scim"),
        ("SSO by OIDC fails", "oidc"),
        ("The login answers HTTP 401", "api_4xx"),
    ],
)
def test_words_of_sign_in_tell_the_type_where_no_protocol_is_named(text: str, kind: str) -> None:
    assert suggest(text, KNOWN)["issue_type"].value == kind


@pytest.mark.parametrize("mark", ["Fwd: ", "RE: Fwd: ", "AW: WG: ", "Re[2]: "])
def test_what_a_mail_program_puts_before_a_subject_is_no_part_of_the_title(mark: str) -> None:
    found = suggest(f"Subject: {mark}Orders in the warehouse do not match\n\nhello", Known({}, {}))

    assert found["title"].value == "Orders in the warehouse do not match"


def test_a_subject_that_only_looks_forwarded_stays() -> None:
    assert suggest("Subject: Re: \n", Known({}, {}))["title"].value == "Re:"


FORWARDED = """Fwd: WG: AW: Bestellungen kommen nicht mehr an!!! URGENT

Hi support,

forwarding what our warehouse lead sent me. Since around 14:15 today (Hamburg time, could also have been 2 pm,
she is not sure) the orders page says "too many requests" and the nightly sync is stuck. Our IT says it started
at 13:17 UTC, but the monitor mail is from 12:58. It is still going on, about 40 of our 310 users.
3 of 12 tenants. We need this SEV1, our CEO is watching. Go-live of the Rotterdam site is Monday!!

> Betreff: Ein anderer Betreff
"""


def test_a_forwarded_mail_gives_its_subject_its_reach_and_the_times_that_contradict_one_another() -> None:
    found = suggest(FORWARDED, KNOWN, datetime(2026, 11, 25, 18, 0, tzinfo=UTC))

    assert {name: said.value for name, said in found.items()} == {
        "title": "Bestellungen kommen nicht mehr an",
        "customer_severity": "1",
        "impact_users": "about 40 of 310 users",
        "impact_tenants": "3 of 12 tenants",
        "impact_started": "2026-11-25 13:15 UTC",
        "impact_still_happening": "yes",
        "impact_deadline": "Go-live of the Rotterdam site is Monday",
    }
    assert found["impact_started"].others == ("13:17 UTC", "12:58", "2 pm")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Orders cannot be opened\n\nHello team,\nplease help.", "Orders cannot be opened"),
        ("Re: Webhooks late\nHi,\nsince 10:00 nothing arrives.", "Webhooks late"),
        ("> Betreff: Bestellungen kommen nicht an\n> Hallo,", "Bestellungen kommen nicht an"),
        ("Subject: DRINGEND: Export hängt!!!", "DRINGEND: Export hängt"),
        ("Subject: Export hangs - URGENT!", "Export hangs"),
        (
            "Hi, since around 14:15 today (Hamburg time, not sure) the orders page is slow.",
            "The orders page is slow",
        ),
        (
            "Since this morning the page with all the orders of the day\nof our two sites fails. Thanks.",
            "Since this morning the page with all the orders of the day of our two sites fails",
        ),
        ("Hallo Team, der Export schlägt fehl.", "Der Export schlägt fehl"),
        ("Guten Tag,\nseit 14:15 Uhr kommen keine Bestellungen an.", "Kommen keine Bestellungen an"),
    ],
)
def test_the_subject_comes_first_and_no_title_begins_inside_a_sentence(text: str, title: str) -> None:
    assert suggest(text, KNOWN)["title"].value == title
