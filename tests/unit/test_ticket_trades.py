"""Tickets of other trades and in other words: what the form fills in, each verdict written down before it was read.

A field that is not in the verdict has to stay empty.
"""

from datetime import UTC, datetime

import pytest

from sevline.core.extraction.suggesting import Known, suggest

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FIELDS = (
    "issue_type",
    "impact_users",
    "impact_regions",
    "impact_feature",
    "impact_started",
    "impact_business_effect",
    "impact_deadline",
)
ORDERS = """Subject: URGENT!!! order import dead since this morning + SSO kicks out our planners
From: A Planner <planner@kontor.example>
Date: Wed, 25 Nov 2026 11:52:07 +0100

since about 9:40 (our time, Hamburg) our nightly+morning order import is failing. Everything was OK before 8.
3 of our 3 warehouses affected, all 214 planners can't see today's orders.
POST https://api.norwind.example/v2/orders/batch -> HTTP 504 Gateway Time-out, sometimes HTTP 500.
We are tenant t_8815, production EU, client version 3.12.1. We also get 429 sometimes.
Our dispatch cut-off is 16:00 today, if orders are not in by then the trucks leave empty!!
"""
CLINIC = """Good morning, since 06:15 UTC the discharge letters are not working. 38 nurses cannot print one.
Region: eu-west-1. Otherwise patients stay in their beds for another night.
We need this by 14:00 today.
"""
SHOP = """Checkout is down since 2026-11-25 10:05 CET. GET /v1/baskets/current answers HTTP 502 for everybody.
We lose about 4,000 EUR an hour. Black Friday is on Friday and the sale opens at 08:00 tomorrow.
"""
SCHOOL = """Hi, 1,200 students can't log in through SAML since 7:50 am (London time).
The exam closes at 12:00 today. US production is fine, UK production is not.
"""
PAYROLL = """Date: Tue, 24 Nov 2026 18:03:00 +0000
Subject: Payroll export hangs

The payroll export has been hanging since 17:20 UTC. Six clerks are unable to close the month.
Salaries must be sent by 20:00, otherwise 900 people get no pay on Friday.
"""
HARBOUR = """PUT https://api.norwind.example/v3/gates/7/slots -> 503 since 04:31 UTC.
The gate booking fails for all drivers.
Lorries are queueing on the motorway.
"""
AGENCY = """Our webhooks arrive hours late. Since yesterday 16:00 UTC. All 12 account managers are affected.
APAC region. No deadline, but it is embarrassing.
"""
LAB = """POST /v1/samples returns 429 Too Many Requests since 2026-11-25T08:00:00Z. 5 technicians wait.
Results have to be out before 18:00 today.
"""
HOTEL = """We were on holiday last week and only now saw it: the room sync has stopped working.
Since 2026-11-20 03:00 UTC. Double bookings every night. EU cluster.
"""
BROKER = """The quote page is slow, 20 seconds and more. Since 9 this morning. 40 of 65 brokers complain.
"""
WERK = """Betreff: Lieferscheine kommen nicht
Datum: Wed, 25 Nov 2026 10:40:00 +0100

Guten Tag, seit 8:15 (Berlin) funktioniert der Druck der Lieferscheine nicht. Alle 64 Disponenten sehen keine Aufträge.
POST /v2/notes -> HTTP 500. Region EU. Annahmeschluss ist 15:30 Uhr heute, sonst stehen die Bänder still.
"""
KASSE = """Seit 2026-11-25 07:30 MEZ schlägt die Anmeldung per OIDC fehl. 22 Kassierer können nicht arbeiten.
Die Filialen können nicht verkaufen. Wir brauchen eine Lösung bis 11 Uhr.
"""
VERDICTS: list[tuple[str, dict[str, str]]] = [
    (
        ORDERS,
        {
            "issue_type": "api_5xx",
            "impact_users": "all 214 planners",
            "impact_regions": "EU",
            "impact_feature": "POST /v2/orders/batch",
            "impact_started": "2026-11-25 08:40 UTC",
            "impact_business_effect": "The trucks leave empty",
            "impact_deadline": "Dispatch cut-off is 16:00 today",
        },
    ),
    (
        CLINIC,
        {
            "impact_users": "38 nurses",
            "impact_regions": "eu-west-1",
            "impact_feature": "discharge letters",
            "impact_started": "2026-11-25 06:15 UTC",
            "impact_business_effect": "Patients stay in their beds for another night",
            "impact_deadline": "Need this by 14:00 today",
        },
    ),
    (
        SHOP,
        {
            "issue_type": "api_5xx",
            "impact_feature": "GET /v1/baskets/current",
            "impact_started": "2026-11-25 09:05 UTC",
            "impact_business_effect": "We lose about 4,000 EUR an hour",
            "impact_deadline": "Black Friday is on Friday",
        },
    ),
    (
        SCHOOL,
        {
            "issue_type": "saml",
            "impact_users": "1,200 students",
            "impact_started": "2026-11-25 07:50 UTC",
            "impact_deadline": "Exam closes at 12:00 today",
        },
    ),
    (
        PAYROLL,
        {
            "impact_users": "Six clerks",
            "impact_feature": "payroll export",
            "impact_started": "2026-11-24 17:20 UTC",
            "impact_business_effect": "900 people get no pay on Friday",
            "impact_deadline": "Must be sent by 20:00",
        },
    ),
    (
        HARBOUR,
        {
            "issue_type": "api_5xx",
            "impact_users": "all drivers",
            "impact_feature": "PUT /v3/gates/7/slots",
            "impact_started": "2026-11-25 04:31 UTC",
            "impact_business_effect": "Lorries are queueing on the motorway",
        },
    ),
    (
        AGENCY,
        {
            "issue_type": "webhook",
            "impact_users": "All 12 account managers",
            "impact_regions": "APAC",
            "impact_started": "2026-11-24 16:00 UTC",
        },
    ),
    (
        LAB,
        {
            "issue_type": "api_429",
            "impact_users": "5 technicians",
            "impact_feature": "POST /v1/samples",
            "impact_started": "2026-11-25 08:00 UTC",
            "impact_deadline": "Have to be out before 18:00 today",
        },
    ),
    (
        HOTEL,
        {
            "issue_type": "data_sync",
            "impact_regions": "EU",
            "impact_feature": "room sync",
            "impact_started": "2026-11-20 03:00 UTC",
            "impact_business_effect": "Double bookings every night",
        },
    ),
    (BROKER, {"issue_type": "performance", "impact_users": "40 of 65 brokers", "impact_feature": "quote page"}),
    (
        WERK,
        {
            "issue_type": "api_5xx",
            "impact_users": "Alle 64 Disponenten",
            "impact_regions": "EU",
            "impact_feature": "POST /v2/notes",
            "impact_started": "2026-11-25 07:15 UTC",
            "impact_business_effect": "Stehen die Bänder still",
            "impact_deadline": "Annahmeschluss ist 15:30 Uhr heute",
        },
    ),
    (
        KASSE,
        {
            "issue_type": "oidc",
            "impact_users": "22 Kassierer",
            "impact_feature": "Anmeldung per OIDC",
            "impact_started": "2026-11-25 06:30 UTC",
            "impact_business_effect": "Die Filialen können nicht verkaufen",
            "impact_deadline": "Brauchen eine Lösung bis 11 Uhr",
        },
    ),
]


@pytest.mark.parametrize(("text", "verdict"), VERDICTS, ids=[text.split("\n")[0][:30] for text, _ in VERDICTS])
def test_the_form_says_what_the_ticket_says(text: str, verdict: dict[str, str]) -> None:
    found = suggest(text, Known({}, {}), AT)

    assert {name: found[name].value for name in FIELDS if name in found} == verdict


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("US production is fine, UK production is not.", "impact_regions"),
        ("The import is working again.", "impact_feature"),
        ("The cut-off was at 16:00 yesterday.", "impact_deadline"),
        ("It is annoying.", "impact_business_effect"),
        ("GET /v1/a returns 500. POST /v1/b returns 502.", "impact_feature"),
        ("Otherwise 900 people get no pay.", "impact_users"),
    ],
)
def test_what_is_not_said_of_the_trouble_stays_open(text: str, field: str) -> None:
    assert field not in suggest(text, Known({}, {}), AT)
