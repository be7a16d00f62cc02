"""The desk, the workspace and the search show each person what is theirs, and nothing else."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sevline.cases import actions
from sevline.cases import selectors as cases
from sevline.cases.events import EvidenceMeasured
from sevline.cases.models import CaseFact
from sevline.diagnosis import actions as diagnoses
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record
from sevline.platform.jobs import worker
from sevline.platform.models import Conflict
from sevline.web import checklist
from sevline.web.middleware import RefusalMiddleware
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
TABS = ("", "/evidence", "/diagnosis", "/escalation")


def text(address: str, who: str = "sam") -> str:
    return str(signed_in(getattr(cast(), who)).get(address).content.decode())


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_shows_the_case_its_clocks_and_who_owns_it(tab: str) -> None:
    case = make.case(severity=2)

    shown = text(f"/cases/{case.key}{tab}")

    assert case.title in shown
    assert "First response" in shown
    assert "Sam Okafor" in shown
    assert "rule SEV-R4" in shown


@pytest.mark.parametrize("tab", TABS)
def test_another_teams_number_is_answered_like_one_that_does_not_exist(tab: str) -> None:
    case = make.case(severity=2)
    eve = signed_in(cast().eve)

    theirs, nobodys = eve.get(f"/cases/{case.key}{tab}"), eve.get(f"/cases/C-99999{tab}")

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.content == nobodys.content
    assert case.title not in theirs.content.decode()


def test_the_checklist_counts_what_the_case_holds() -> None:
    case = make.case(severity=2)
    sam = cast().sam
    before = text(f"/cases/{case.key}")

    card = {"users": "400", "started": "09:42 UTC", "still_happening": "yes"}
    actions.set_impact(case.key, by=sam, impact=card)
    after = text(f"/cases/{case.key}")

    assert before.count('aria-label="There"') + 1 == after.count('aria-label="There"')


def test_the_desk_shows_three_cases_at_most_with_next_action_and_clock() -> None:
    for number in range(4):
        make.case(f"Case number {number}", severity=2)

    shown = text("/")

    assert shown.partition('class="focus"')[2].partition("</ol>")[0].count("<li>") == 3
    assert "you hold 4 open cases" in shown
    assert "Confirm the certificate" in shown


def test_an_offered_case_waits_on_whoever_it_was_offered_to() -> None:
    case = make.case("Exports are slow", severity=3)
    actions.offer_handoff(case.key, by=cast().sam, receiver=cast().ines, summary="Please take it over.")

    assert f"Accept {case.key}: Exports are slow" in text("/", "ines")
    assert "Nobody waits for you." in text("/", "lea")


def test_a_promise_to_the_customer_stands_on_the_owners_desk() -> None:
    case = make.case(severity=2)
    soon = clock.now() + timedelta(minutes=50)
    actions.tell_customer(case.key, by=cast().sam, text="We are sorry and look into it.", next_update_at=soon)

    assert "Update to Brightwater" in text("/")


def test_what_others_did_on_my_cases_is_told_and_what_i_did_is_not() -> None:
    case = make.case(severity=2)
    actions.add_note(case.key, by=cast().lea, text="I saw this before.")

    news = text("/").partition("What changed on your cases")[2]

    assert "Lea Lindqvist wrote an internal note" in news
    assert "Sam Okafor opened" not in news


def test_what_the_product_did_by_itself_is_no_news_of_others() -> None:
    case = make.case(severity=2)
    measured = EvidenceMeasured(by=SYSTEM, subject=case.ref, case=case.key, percent=40)

    record(measured, at=clock.now())

    assert "Sevline " not in text("/").partition("What changed on your cases")[2].partition("</section>")[0]


def test_an_engineer_lands_on_what_support_asks() -> None:
    assert "Asked of your teams" in text("/", "noor")


def test_a_stranger_sees_an_empty_desk() -> None:
    make.case("Sign-in fails for Brightwater", severity=1)

    assert "Brightwater" not in text("/", "eve")


def test_a_number_leads_to_its_case_and_words_to_the_cases_that_one_may_see() -> None:
    case = make.case("Exports are slow since Monday", severity=3)
    sam, eve = signed_in(cast().sam), signed_in(cast().eve)

    assert sam.get("/search", {"q": case.key})["Location"] == f"/cases/{case.key}"
    assert sam.get("/search", {"q": str(case.number)})["Location"] == f"/cases/{case.key}"
    assert "1 found" in sam.get("/search", {"q": "slow since"}).content.decode()
    assert "0 found" in eve.get("/search", {"q": "slow since"}).content.decode()
    assert eve.get("/search", {"q": case.key}).status_code == 200


@pytest.mark.parametrize(
    ("who", "sees", "not_theirs"),
    [
        ("sam", {"Desk", "Queue", "Notices"}, {"People", "Audit trail"}),
        ("aud", {"Audit trail", "People"}, {"Approvals"}),
        ("mia", {"Approvals", "People"}, {"Audit trail"}),
    ],
)
def test_the_navigation_follows_the_rights(who: str, sees: set[str], not_theirs: set[str]) -> None:
    answer = signed_in(getattr(cast(), who)).get("/")

    labels = {item.get("label") for item in answer.context["navigation"]}
    assert sees <= labels
    assert not not_theirs & labels


@pytest.mark.parametrize("address", ["/", "/search?q=case"])
def test_a_page_asks_the_database_as_often_for_many_cases_as_for_a_few(address: str) -> None:
    for number in range(4):
        make.case(f"A case {number}", severity=2)
    sam = signed_in(cast().sam)
    sam.get(address)
    with CaptureQueriesContext(connection) as few:
        sam.get(address)
    for number in range(6):
        make.case(f"Another case {number}", severity=2)
    with CaptureQueriesContext(connection) as many:
        sam.get(address)

    assert len(many) == len(few)


def test_what_is_forbidden_says_who_may() -> None:
    answer = signed_in(cast().vic).get("/people/invite")

    assert answer.status_code == 403
    assert "may" in answer.content.decode()
    assert "dministrator" in answer.content.decode()


def test_a_stale_record_is_answered_with_both_texts(rf: Any) -> None:
    case = make.case(severity=2)
    request = rf.post("/x", {"title": "My words", "seen_version": "1"})
    request.user = cast().sam

    answer = RefusalMiddleware(lambda _: None).process_exception(request, Conflict(case))  # type: ignore[arg-type, return-value]

    assert answer is not None
    assert answer.status_code == 409
    assert "My words" in answer.content.decode()
    assert case.title in answer.content.decode()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a%00b",
        "/cases/find?q=%00",
        "/cases/?view=mine&q=%00",
        "/people/?q=%00",
        "/catalog/changes?kind=%00",
        "/cases/CASE-1%00",
    ],
)
def test_an_address_with_a_character_that_no_database_keeps_is_answered_with_a_sentence(address: str) -> None:
    answer = signed_in(cast().lea).get(address)

    assert answer.status_code == 400
    assert "NUL" in answer.content.decode()


def test_health_answers_without_a_sign_in_and_other_pages_do_not() -> None:
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/favicon.ico").status_code == 301
    assert Client().get("/")["Location"].startswith("/accounts/login/")


def test_the_queue_and_the_case_say_the_same_about_the_evidence() -> None:
    case = make.case(severity=2)
    sam = cast().sam
    card = {"users": "400", "started": "09:42 UTC", "still_happening": "yes"}
    actions.set_impact(case.key, by=sam, impact=card)
    diagnoses.check_changes(
        case.key,
        by=sam,
        window_first=clock.now() - timedelta(days=1),
        window_last=clock.now(),
        found=dict.fromkeys(("deploys", "flags", "config", "customer_side"), "none found"),
    )

    worker.drain()

    case.refresh_from_db()
    checked = checklist.of_case(case)
    assert checked is not None
    assert case.evidence_percent == checked.percent
    assert case.evidence_percent > 0
    assert f"<span>{checked.percent} %</span>" in text("/cases/?view=mine")


@pytest.mark.parametrize("page", ["cases", "escalations", "insights"])
def test_an_agent_finds_the_pages_that_the_rights_open_in_the_navigation(page: str) -> None:
    navigation = text("/").partition("</nav>")[0]

    assert f'href="/{page}/"' in navigation
    assert 'href="/governance/audit' not in navigation


@pytest.mark.parametrize(
    ("who", "address", "marked"),
    [
        ("sam", "/", "Desk"),
        ("sam", "/cases/{case}/hold", "Queue"),
        ("sam", "/evidence/cases/{case}/impact", "Queue"),
        ("mia", "/people/", "People"),
        ("mia", "/people/me/tokens", "My sign-in"),
    ],
)
def test_the_navigation_marks_the_one_entry_that_a_page_belongs_to(who: str, address: str, marked: str) -> None:
    shown = text(address.format(case=make.case(severity=2).key), who)

    navigation = shown.partition('aria-label="Main"')[2].partition("</nav>")[0]

    assert re.findall(r'aria-current="page"[^>]*>([^<]+)', navigation) == [marked]


MIXED = (
    "2026-11-16T09:42:00Z, 2026-11-16T11:42:00+02:00, 11/16/2026 3:12 PM +05:30, 1794822120000, "
    "2026-11-16 09:42:07, 9:50 pm, and 21:50"
)


@pytest.mark.requirement("R-035")
def test_times_that_state_their_zone_are_instants_and_for_the_others_the_zone_is_asked_for() -> None:
    case = make.case(severity=2, text=f"It failed at {MIXED}.")

    facts = CaseFact.objects.filter(case=case, kind="timestamp")
    known = [fact.instant for fact in facts if fact.zone_known]
    vague = [(fact.value, fact.instant) for fact in facts if not fact.zone_known]
    page = " ".join(text(f"/cases/{case.key}").split())

    assert known == [datetime(2026, 11, 16, 9, 42, tzinfo=UTC)] * 4
    assert vague == [("2026-11-16 09:42:07", None), ("9:50 pm", None), ("21:50", None)]
    assert f'3 say no time zone. <a href="/cases/{case.key}/tell">Ask which one is meant</a>' in page


def test_the_panel_shows_three_values_of_a_kind_and_folds_the_others_away() -> None:
    case = make.case(severity=2, text="Sign-in fails for all of our users.")
    ids = " ".join(f"request_id=req_{number:08d}ab" for number in range(40))
    actions.add_note(case.key, by=cast().sam, text=f"Seen: {ids} at 09:42")

    found = {one.kind: one for one in cases.found(cast().sam, case)}["request_id"]

    assert (len(found.first), len(found.more), found.total, found.hidden) == (3, 30, 40, 7)
    assert "zone unknown" not in found.first[0]
    assert f"{found.more[0]}" in text(f"/cases/{case.key}").partition("30 more</summary>")[2]


def test_the_checklist_counts_the_error_that_the_ticket_quotes() -> None:
    case = make.case(severity=2, text="Nobody can sign in through Okta. The page says “The audience is not valid”.")

    held = checklist.of_case(case)

    assert held is not None
    assert "C2" not in {ask.key for ask in held.missing}


def test_the_desk_of_an_administrator_names_what_the_role_does_and_leads_to_no_shut_page() -> None:
    browser = signed_in(cast().ada)

    page = browser.get("/").content.decode()

    assert "read along" not in page
    assert "Invite people, give roles and teams" in page
    assert 'href="/cases/"' not in page
    assert {browser.get(url).status_code for url in ("/people/", "/customers/", "/catalog/changes")} == {200}
