"""Pages of cases: every form works, refuses with sentences, and loses nothing that was typed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from sevline.cases import actions
from sevline.cases.models import Case, ImpactField, Message
from sevline.cases.views import STEPS
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
UTC_MINUTES = "%Y-%m-%dT%H:%M"


def in_an_hour() -> str:
    return (clock.now() + timedelta(hours=1)).strftime(UTC_MINUTES)


def sam() -> Client:
    return signed_in(cast().sam)


def test_a_pasted_ticket_becomes_a_case_once_however_often_the_form_is_sent() -> None:
    form = {
        "text": make.TICKET,
        "title": "SSO fails",
        "product_area": make.product_area().pk,
        "team": make.team().pk,
        "form_token": "one",
        "impact_users": "400",
    }
    browser = sam()

    first, second = browser.post("/cases/new", form), browser.post("/cases/new", form)

    case = Case.objects.get()
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == f"/cases/{case.key}"
    assert (case.impact["users"], case.impact["deadline"]) == ("400", "unknown")


def test_a_form_without_text_is_answered_422_and_keeps_what_was_typed() -> None:
    answer = sam().post("/cases/new", {"title": "Kept words"})

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("path", ["/cases/", "/cases/new", "/cases/find?q=nothing"])
def test_the_pages_open(path: str) -> None:
    assert sam().get(path).status_code == 200


@pytest.mark.parametrize("verb", [*STEPS, "triage"])
def test_every_page_of_a_case_opens_for_its_team_and_is_404_for_a_stranger(verb: str) -> None:
    case = make.case(severity=2)
    path = f"/cases/{case.key}/{verb}"

    mine, theirs = sam().get(path), signed_in(cast().eve).get(path)
    missing = signed_in(cast().eve).get(f"/cases/C-999999/{verb}")

    assert mine.status_code == 200
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert theirs.content == missing.content


@pytest.mark.parametrize(
    ("part", "page"),
    [
        ("timeline?kind=messages", "?kind=messages"),
        ("timeline", ""),
        ("clocks", ""),
        ("diagnosis/panel", "/diagnosis"),
    ],
)
def test_a_part_of_a_page_opened_by_itself_leads_to_the_whole_page(part: str, page: str) -> None:
    case = make.case(severity=2)
    address = f"/cases/{case.key}/{part}"

    alone, in_place = sam().get(address), sam().get(address, headers={"HX-Request": "true"})
    theirs = signed_in(cast().eve).get(address)

    assert (alone.status_code, alone["Location"]) == (302, f"{case.page}{page}")
    assert in_place.status_code == 200
    assert "<html" not in in_place.content.decode()
    assert theirs.status_code == 404


def test_the_list_of_files_opened_by_itself_leads_to_the_evidence() -> None:
    case = make.case(severity=2)

    alone = sam().get(f"/evidence/cases/{case.key}/uploads/list")

    assert (alone.status_code, alone["Location"]) == (302, f"{case.page}/evidence")


FORMS: dict[str, Callable[[], dict[str, object]]] = {
    "note": lambda: {"text": "Looks like the pool."},
    "tell": lambda: {
        "text": "Sorry for the trouble. We read the log.",
        "next_update_at": in_an_hour(),
        "is_meaningful": "on",
    },
    "reply": lambda: {"text": "Here it is."},
    "next-action": lambda: {"text": "Call them", "due": in_an_hour()},
    "classify": lambda: {"issue_type": "webhook", "product_area": make.product_area().pk},
    "impact": lambda: {"impact_users": "400"},
    "severity": lambda: {"severity": "1", "reason": "A second region reports it."},
    "wait": lambda: {"waiting_for": "a HAR"},
    "hold": lambda: {"waiting_for": "the release"},
    "vendor": lambda: {"waiting_for": "the vendor"},
    "resolve": lambda: {"code": "answered", "cause": "usage", "summary": make.SUMMARY},
    "handoff": lambda: {"receiver": cast().ines.pk, "summary": "The metadata is being read."},
    "share": lambda: {"team": make.team("identity").pk, "why": "They know SAML."},
    "restrict": lambda: {"restricted": "on", "reason": "A token may have leaked."},
}


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_each_form_does_what_it_says(verb: str) -> None:
    case = make.case(severity=2)

    answer = sam().post(f"/cases/{case.key}/{verb}", FORMS[verb]())

    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.key}")


@pytest.mark.requirement("R-001")
def test_a_resolution_without_code_cause_and_summary_is_answered_422() -> None:
    case = make.case(severity=3)

    answer = sam().post(f"/cases/{case.key}/resolve", {"code": "", "cause": "", "summary": "x" * 29})

    assert answer.status_code == 422
    assert Case.objects.get(pk=case.pk).status == "open"


@pytest.mark.requirement("R-018")
def test_lowering_a_sev1_to_sev3_by_form_is_answered_403_with_the_number_of_the_request() -> None:
    case = make.case(severity=1)

    grounds = {"evidence": "E-1 shows one account", "customer_notice": "Told by phone at 11:20 UTC"}

    answer = sam().post(
        f"/cases/{case.key}/severity", {"severity": "3", "reason": "Only one account, checked.", **grounds}
    )

    assert answer.status_code == 403
    assert "The request to make it Sev3 is written" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).severity == 1


def test_two_people_editing_one_case_see_both_texts() -> None:
    case = make.case()
    actions.set_impact(case.key, by=cast().lea, impact={"users": "twelve of them"}, seen_version=case.version)

    answer = sam().post(
        f"/cases/{case.key}/impact", {"impact_users": "four hundred", "seen_version": str(case.version)}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "four hundred" in page
    assert "twelve of them" in page
    assert "Lea Lindqvist" in page
    assert Case.objects.get(pk=case.pk).impact["users"] == "twelve of them"


def test_a_viewer_is_answered_403_and_nothing_is_written() -> None:
    case = make.case()

    answer = signed_in(cast().vic).post(f"/cases/{case.key}/note", {"text": "Hello"})

    assert answer.status_code == 403
    assert Message.objects.filter(case=case).count() == 1


def test_a_signed_out_post_is_answered_401_and_writes_nothing() -> None:
    case = make.case()

    answer = Client().post(f"/cases/{case.key}/note", {"text": "Hello"}, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert Message.objects.filter(case=case).count() == 1


def test_the_preview_names_the_rule_before_anything_is_saved() -> None:
    case = make.case()
    given = {"environment": "production", "journey": "critical", "degree": "D4", "data_effect": "none",
             "workaround": "none", "deadline": "none"}  # fmt: skip

    unknown = sam().post(f"/cases/{case.key}/triage/preview", given).content.decode()
    known = sam().post(
        f"/cases/{case.key}/triage/preview", {**given, "accounts_percent": "0.4", "seats_percent": "0.4"}
    )

    assert "SEV-R3" in unknown
    assert "every account" in unknown
    assert "SEV-R4" in known.content.decode()
    assert Case.objects.get(pk=case.pk).severity is None


def test_triage_knows_what_the_impact_card_and_the_customers_of_the_desk_answer() -> None:
    case, place = make.case(), make.environment()
    make.account("northwind")
    Case.objects.filter(pk=case.pk).update(
        account=place.account,
        environment=place,
        impact={"users": "about 40 of 310 users", "tenants": "unknown", "deadline": "Go-live is Monday"},
    )

    page = sam().get(f"/cases/{case.key}/triage").content.decode()

    assert "4a. Share of all our active accounts" in page
    assert "4b. Share of all our active seats" in page
    assert "This customer alone is 50 (1 of 2 customers in use)." in page
    assert "Counted here: 40 of 4,280 seats" in page
    assert re.search(r'name="seats_percent"[^>]*value="0.94"', page)
    assert not re.search(r'name="accounts_percent"[^>]*value=', page)
    assert re.search(r'value="go_live_within_5_business_days"[^>]*checked', page)
    assert "The impact card says: Go-live is Monday." in page


def test_triage_by_form_rates_the_case() -> None:
    case = make.case()
    given = {"environment": "production", "journey": "critical", "degree": "D4", "data_effect": "none",
             "workaround": "none", "deadline": "none", "accounts_percent": "0.3", "seats_percent": "0.3"}  # fmt: skip

    answer = sam().post(f"/cases/{case.key}/triage", given)

    now = Case.objects.get(pk=case.pk)
    assert answer.status_code == 302
    assert (now.severity, now.severity_rule) == (2, "SEV-R4")


def test_what_a_person_typed_is_shown_as_text_and_never_as_markup() -> None:
    case = make.case("<script>alert(1)</script>")
    actions.add_note(case.key, by=cast().sam, text="<img src=x onerror=alert(2)>")

    page = sam().get(f"/cases/{case.key}").content.decode() + sam().get("/cases/").content.decode()

    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_new_case_says_why_it_cannot_be_resolved_yet_and_how_to_get_there() -> None:
    case = make.case()

    page, step = (sam().get(address).content.decode() for address in (case.page, f"{case.page}/resolve"))

    assert 'aria-disabled="true" aria-describedby="why-not-resolve"' in page
    assert "Its owner has not taken this case yet. Take it first" in page
    assert "Its owner has not taken this case yet. Take it first" in step
    assert f'href="{case.page}/take"' in step
    assert "<textarea" not in step


def test_the_text_of_a_ticket_fills_empty_fields_only_and_nothing_is_saved_before_it_is_sent() -> None:
    area, place = make.product_area(), make.environment()
    text = f"SAML sign-in fails for all users of {place.account.name}, tenant {place.tenant}. Severity: 2"
    typed = {"text": text, "title": "My own title", "read": "1"}

    page = sam().post("/cases/new", typed).content.decode()

    assert "Found in the text, please confirm" in page
    assert f'<option value="{place.pk}" selected>' in page
    assert '<option value="saml" selected>' in page
    assert 'value="My own title"' in page
    assert not Case.objects.exists()
    assert area.name in page


def test_times_that_contradict_one_another_stand_beside_the_one_that_was_filled_in() -> None:
    text = "Since 10:42 UTC (or 2 pm?) nothing works. Monitoring says it began at 11:17 UTC. 40 of our 310 users."

    page = sam().post("/cases/new", {"text": text, "read": "1"}).content.decode()

    assert "The text also says: 11:17 UTC. Which is right?" in page
    assert 'value="40 of 310 users"' in page


def test_a_form_that_is_sent_too_early_comes_back_with_what_the_text_says() -> None:
    make.product_area()

    answer = sam().post("/cases/new", {"text": "Subject: Webhooks are late\n\nThey come an hour late."})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Webhooks are late"' in page
    assert "Found in the text, please confirm" in page
    assert not Case.objects.exists()


def test_since_when_is_kept_in_utc_and_the_window_of_what_changed_begins_before_it() -> None:
    case = make.case()
    sam = signed_in(cast().sam)
    card = {f"impact_{name}": "unknown" for name in ImpactField.values}

    sam.post(f"{case.page}/impact", {**card, "impact_started": "2026-11-15 09:40 CET"})

    case.refresh_from_db()
    assert case.impact["started"] == "2026-11-15 08:40 UTC"
    page = sam.get(f"{case.page}/diagnosis/changes").content.decode()
    assert 'value="2026-11-14T08:40"' in page


def test_the_impact_card_names_the_workaround_that_was_recorded_beside_its_unknown() -> None:
    case = make.case(severity=3)
    Case.objects.filter(pk=case.pk).update(workaround_state="validated")

    page = signed_in(cast().sam).get(case.page).content.decode()

    assert "recorded in the diagnosis: validated" in page


def test_a_note_of_a_resolved_case_can_be_made_visible_to_its_customer() -> None:
    case = make.case(severity=3)
    note = actions.add_note(case.key, by=cast().sam, text="The guide names the wrong address.")
    actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    page = signed_in(cast().sam).get(case.page).content.decode()

    assert f"{case.page}/notes/{note.pk}/public" in page


def test_the_clocks_of_a_page_that_stays_open_bring_the_state_of_the_case_with_them() -> None:
    case = make.case(severity=3)
    sam = signed_in(cast().sam)
    actions.wait_for_customer(case.key, by=cast().sam, waiting_for="A recording of the failure")

    page = sam.get(case.page).content.decode()
    part = sam.get(f"{case.page}/clocks", HTTP_HX_REQUEST="true").content.decode()

    assert page.count('id="case-state"') == 1
    assert "hx-swap-oob" not in page
    assert '<span id="case-state" hx-swap-oob="true">' in part
    assert "On customer" in part.partition('id="case-state"')[2]
