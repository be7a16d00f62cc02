"""The queue shows what is to be done first, the same few queries for one case as for fifty, and only one's own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sevline.cases import actions, selectors
from sevline.cases.models import Case, CaseAccess, CaseFact
from sevline.cases.selectors.queue import COUNT_LIMIT, PAGE
from sevline.core.lifecycle import Refused
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
AT = make.MONDAY


def many(count: int, *, start: int = 5000) -> None:
    """Bare rows, enough to fill pages; their clocks are not looked at here."""
    people, area, customer, in_team = cast(), make.product_area(), make.account(), make.team()
    rows = Case.objects.bulk_create(
        Case(
            number=start + n,
            title=f"Row {n}",
            status="open",
            severity=1 + n % 4,
            product_area=area,
            account=customer,
            team=in_team,
            owner=people.sam,
            opened_by=people.sam,
            opened_at=AT,
            next_action="Look",
            next_action_by=people.sam,
            next_action_due=AT + timedelta(minutes=n // 3),
        )
        for n in range(count)
    )
    CaseAccess.objects.bulk_create(CaseAccess(case=row, team=in_team) for row in rows)


def queries(path: str) -> int:
    browser = signed_in(cast().sam)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = browser.get(path)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("view", sorted(selectors.VIEWS))
def test_each_view_opens_and_counts_what_it_shows(view: str) -> None:
    make.case(severity=2, at=AT)

    page = selectors.queue(cast().sam, view, at=AT)
    count = next(one for one in selectors.counts(cast().sam, at=AT) if one.view.key == view)

    assert count.number == len(page.rows)


def test_one_row_and_fifty_rows_cost_the_same_queries() -> None:
    many(1)
    one = queries("/cases/?view=open")

    many(49, start=6000)

    assert queries("/cases/?view=open") == one


def test_pages_go_on_where_the_last_one_ended_and_leave_nothing_out() -> None:
    many(2 * PAGE + 20)

    numbers, after, pages = [], "", 0
    while pages == 0 or after:
        page = selectors.queue(cast().sam, "open", at=AT, after=after)
        numbers += [case.number for case in page.rows]
        after, pages = page.after, pages + 1

    assert pages == 3
    assert len(numbers) == len(set(numbers)) == 2 * PAGE + 20


def test_a_case_that_arrives_between_two_pages_moves_no_row() -> None:
    many(PAGE + 10)
    first = selectors.queue(cast().sam, "open", at=AT)

    Case.objects.filter(number=5030).update(next_action_due=AT - timedelta(days=1))
    second = selectors.queue(cast().sam, "open", at=AT, after=first.after)

    assert not {case.number for case in first.rows} & {case.number for case in second.rows}
    assert len(second.rows) == 10


def test_what_runs_out_first_stands_first_then_the_severer_then_the_older() -> None:
    late = make.case("Late", severity=3, at=AT)
    soon = make.case("Soon", severity=1, at=AT)
    older = make.case("As soon, older number", severity=1, at=AT)

    rows = selectors.queue(cast().sam, "open", at=AT).rows

    assert [case.pk for case in rows] == [soon.pk, older.pk, late.pk]


def test_counting_stops_at_the_limit() -> None:
    many(COUNT_LIMIT + 20)

    texts = {count.view.key: count.text for count in selectors.counts(cast().sam, at=AT)}

    assert texts["open"] == "99+"
    assert texts["customer"] == "0"


def test_a_stranger_sees_and_counts_nothing() -> None:
    case = make.case(severity=1, at=AT)
    eve = cast().eve

    assert {count.number for count in selectors.counts(eve, at=AT)} == {0}
    assert selectors.queue(eve, "open", at=AT).rows == ()
    assert selectors.find(eve, case.key) == selectors.find(eve, "Sign-in") == []


def test_a_number_or_words_find_a_case() -> None:
    case = make.case(at=AT)

    assert selectors.find(cast().sam, case.key) == [case]
    assert selectors.find(cast().sam, str(case.number)) == [case]
    assert selectors.find(cast().sam, "fails for all") == [case]


def test_finding_a_number_leads_to_the_case() -> None:
    case = make.case(at=AT)

    assert signed_in(cast().sam).get(f"/cases/find?q={case.number}")["Location"] == case.page


@pytest.mark.parametrize(
    "given",
    [{"view": "nothing"}, {"after": "%%%"}, {"after": "W10="}, {"filters": {"owner": "x"}}, {"filters": {"pk": "1"}}],
)
def test_a_broken_address_is_refused_with_a_sentence(given: dict[str, object]) -> None:
    with pytest.raises(Refused, match=r"\.$"):
        selectors.queue(cast().sam, at=AT, **given)  # type: ignore[arg-type]  # that is the point


def test_filters_narrow_a_view() -> None:
    two, three = make.case(severity=2, at=AT), make.case("Webhooks late", severity=3, at=AT)

    by_severity = selectors.queue(cast().sam, "open", at=AT, filters={"severity": "2"}).rows
    by_words = selectors.queue(cast().sam, "open", at=AT, filters={"q": "webhooks"}).rows

    assert [case.pk for case in by_severity] == [two.pk]
    assert [case.pk for case in by_words] == [three.pk]


@pytest.mark.requirement("R-002")
def test_no_open_case_is_ever_without_a_next_action() -> None:
    case, sam = make.case(severity=2), cast().sam
    make.case()
    actions.resolve(case.key, by=sam, code="answered", cause="usage", summary=make.SUMMARY)
    after_resolving = selectors.missing_next_action(sam)
    actions.reopen(case.key, by=sam, reason="It came back.")

    assert (after_resolving, selectors.missing_next_action(sam)) == (0, 0)
    assert clock.now() < Case.objects.get(pk=case.pk).next_action_due


@pytest.mark.parametrize("words", ["req-81f3ab20", "81f3ab", "trc-5512aa77"])
def test_an_id_found_in_the_texts_of_a_case_finds_it_for_who_may_see_it(words: str) -> None:
    case = make.case()
    CaseFact.objects.create(case=case, kind="request_id", value="req-81f3ab20", source="E-1")
    CaseFact.objects.create(case=case, kind="trace_id", value="trc-5512aa77", source="E-1")

    assert selectors.find(cast().sam, words) == [case]
    assert selectors.find(cast().eve, words) == []


def test_the_tenant_of_the_environment_finds_the_case() -> None:
    case = make.case()
    tenant = make.environment()
    Case.objects.filter(pk=case.pk).update(environment=tenant)

    assert selectors.find(cast().sam, tenant.tenant) == [case]


@pytest.mark.parametrize(("who", "view"), [("sam", "My open cases"), ("lea", "My team"), ("mia", "All open")])
def test_the_queue_opens_with_the_first_view_that_holds_a_case_for_this_person(who: str, view: str) -> None:
    make.case("Webhooks late", severity=3)
    cast().mia.teams.clear()

    page = signed_in(getattr(cast(), who)).get("/cases/").content.decode()

    assert f"<h1>{view}" in page.replace(' id="top"', "") or view in page.split("</h1>")[0]
    assert "Webhooks late" in page


def test_an_empty_view_says_that_other_views_hold_cases() -> None:
    make.case("Webhooks late", severity=3)

    page = signed_in(cast().mia).get("/cases/?view=mine").content.decode()

    assert "This view holds no case; others do." in page
    assert "as soon as they are opened" not in page


def test_naming_the_customer_needs_no_type_and_offers_the_environment_of_the_tenant_in_the_ticket() -> None:
    case, place = make.case(), make.environment()
    CaseFact.objects.create(case=case, kind="tenant", value=place.tenant, source="message 1")
    sam = signed_in(cast().sam)

    page = sam.get(f"{case.page}/classify").content.decode()
    given = {"product_area": case.product_area_id, "account": place.account_id, "environment": place.pk}
    saved = sam.post(f"{case.page}/classify", {**given, "seen_version": case.version})

    case.refresh_from_db()
    assert f"The ticket names its tenant, {place.tenant}." in page
    assert f'<option value="{place.pk}" selected>' in page
    assert saved.status_code == 302
    assert case.environment == place


def test_a_tenant_of_another_customer_is_not_offered() -> None:
    case, place = make.case(), make.environment()
    Case.objects.filter(pk=case.pk).update(account=make.account("northwind"))
    CaseFact.objects.create(case=case, kind="tenant", value=place.tenant, source="message 1")

    page = signed_in(cast().sam).get(f"{case.page}/classify").content.decode()

    assert "The ticket names its tenant" not in page
