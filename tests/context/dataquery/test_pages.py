"""The pages of data queries, walked as people do: choose, type, run, keep; ask, approve, run."""

from pathlib import Path
from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.dataquery.models import AdHocQuery, QueryRun
from tests.cast import cast, signed_in
from tests.context.dataquery import work
from tests.context.dataquery.desk import Desk

pytestmark = pytest.mark.django_db
RUN = {"tenant": "1", "most": "20"}


@pytest.fixture
def case(settings: Any, tmp_path: Path, sqlite_source: Desk) -> Case:
    work.listed(settings, tmp_path, sqlite_source)
    return work.case()


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_reviewed_query_is_chosen_run_and_kept(case: Case) -> None:
    browser = signed_in(cast().sam)
    listed = text_of(browser.get(f"{case.page}/queries"))
    before = text_of(browser.get(f"{case.page}/queries/reviewed/tenant-users"))

    sent = browser.post(f"{case.page}/queries/reviewed/tenant-users", RUN)
    shown = text_of(browser.get(sent["Location"]))
    kept = browser.post(sent["Location"], {"claim": "Seven users are on gold"}, follow=True)

    assert "Users of a tenant" in listed
    assert "sevline_mask" in before.lower()
    assert sent["Location"] == f"{case.page}/queries/1"
    assert "&lt;EMAIL_" in shown
    assert "@corp" not in shown
    assert f'Kept as evidence: <a href="{case.page}/evidence/E-1">E-1</a>' in text_of(kept)


def test_a_wrong_parameter_is_said_beside_the_form(case: Case) -> None:
    answer = signed_in(cast().sam).post(f"{case.page}/queries/reviewed/tenant-users", {"tenant": "x", "most": "2"})

    assert answer.status_code == 422
    assert "Tenant: give a whole number." in text_of(answer)
    assert not QueryRun.objects.exists()


def test_a_query_of_ones_own_is_asked_for_approved_as_it_will_run_and_run(case: Case) -> None:
    lea, mia = signed_in(cast().lea), signed_in(cast().mia)
    asked = {
        "source": "billing", "text": "select id, email from users where tenant_id = :t", "parameters": "t integer = 1",
        "purpose": "Who is affected",
    }  # fmt: skip

    lea.post(f"{case.page}/queries/ask", asked)
    grant = AdHocQuery.objects.get()
    read = text_of(mia.get(f"/governance/approvals/{grant.approval_id}"))
    mia.post(f"/governance/approvals/{grant.approval_id}", {"decide": "approve", "answer": ""})
    ran = lea.post(f"{case.page}/queries/granted/{grant.pk}", follow=True)

    assert "FROM (SELECT" in read
    assert "t = 1" in read
    assert f"approved by {cast().mia.name}" in text_of(ran)
    assert "&lt;EMAIL_" in text_of(ran)


def test_an_answer_of_groups_says_which_are_not_in_it(case: Case) -> None:
    lea, mia = signed_in(cast().lea), signed_in(cast().mia)
    text = "select tenant_id, count(*) from users group by tenant_id"

    lea.post(f"{case.page}/queries/ask", {"source": "billing", "text": text, "purpose": "Who is affected"})
    grant = AdHocQuery.objects.get()
    mia.post(f"/governance/approvals/{grant.approval_id}", {"decide": "approve", "answer": ""})
    ran = lea.post(f"{case.page}/queries/granted/{grant.pk}", follow=True)

    assert "Groups of fewer than 5 rows are not in this answer" in text_of(ran)


def test_an_attack_that_is_typed_is_answered_with_a_sentence(case: Case) -> None:
    asked = {"source": "billing", "text": "delete from users", "parameters": "", "purpose": "Cleaning"}

    answer = signed_in(cast().lea).post(f"{case.page}/queries/ask", asked)

    assert answer.status_code == 422
    assert "Only a SELECT is run here, not DELETE." in text_of(answer)


def test_without_a_file_of_sources_the_page_says_so(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"data_sources_file": None})

    page = text_of(signed_in(cast().sam).get(f"{work.case().page}/queries"))

    assert "No data source is set up" in page


def test_evidence_that_came_from_a_query_stands_on_every_tab_of_the_case(case: Case) -> None:
    browser = signed_in(cast().sam)
    browser.post(f"{case.page}/queries/reviewed/tenant-users", RUN)
    browser.post(f"{case.page}/queries/1", {"claim": "Seven users are on gold"})

    pages = {tab: browser.get(f"{case.page}{tab}") for tab in ("", "/evidence", "/diagnosis", "/escalation")}

    assert {tab: page.status_code for tab, page in pages.items()} == dict.fromkeys(pages, 200)
    assert "Seven users are on gold" in text_of(pages["/evidence"])
