"""Queries run for a case: reviewed ones by right, others with a grant; answers are masked, all is in the trail."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.core.sql import NotAdmitted
from sevline.dataquery import actions, selectors
from sevline.dataquery.models import AdHocQuery, QueryRun
from sevline.governance import actions as governance
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.models import Event
from tests.cast import cast
from tests.context.dataquery import work
from tests.context.dataquery.desk import Desk

pytestmark = pytest.mark.django_db
TYPED = {"tenant": "1", "most": "20"}
FREE = "select id, email from users where tenant_id = :tenant"


@pytest.fixture
def case(settings: Any, tmp_path: Path, source: Desk) -> Case:
    work.listed(settings, tmp_path, source)
    return work.case()


def asked(case: Case, text: str = FREE, by: Person | None = None) -> AdHocQuery:
    return actions.ask_ad_hoc(
        case.key,
        by=by or cast().lea,
        source="billing",
        text=text,
        parameters="tenant integer = 1",
        purpose="Who is affected",
    )


def granted(case: Case) -> AdHocQuery:
    grant = asked(case)
    governance.answer(grant.approval_id, by=cast().mia, approve=True)
    return grant


def test_a_reviewed_query_answers_with_pseudonyms_and_the_trail_says_what_ran(case: Case) -> None:
    ran = actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam)

    kept = QueryRun.objects.get(pk=ran.pk)
    started, answered = work.told("data.query_started")[0], work.told("data.query_answered")[0]
    assert (kept.state, kept.columns, len(kept.rows)) == ("answered", ["email", "plan"], 7)
    assert all(row[0].startswith("<EMAIL_") and row[1] == "gold" for row in kept.rows)
    assert "@corp" not in str(list(Event.objects.values_list("data", flat=True)))
    assert (started["hash"], started["parameters"]) == (kept.hash, {"tenant": "1", "most": "20"})
    assert started["sql"] == kept.sql
    assert (answered["rows"], answered["columns"], answered["result_hash"]) == (7, ["email", "plan"], kept.result_hash)


def test_the_same_query_gives_the_same_pseudonyms_in_a_case_and_others_in_another(case: Case) -> None:
    here, again = (actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam) for _ in range(2))
    elsewhere = actions.run_prebuilt(work.case().key, "tenant-users", TYPED, by=cast().sam)

    assert here.rows == again.rows
    assert {row[0] for row in here.rows}.isdisjoint({row[0] for row in elsewhere.rows})


@pytest.mark.requirement("R-071")
@pytest.mark.parametrize(
    "text",
    [
        "update users set plan = 'x'",
        "select id from users; select id from orders",
        "with gone as (delete from users returning id) select id from gone",
        "select pg_sleep(10)",
        "copy users to '/tmp/users'",
        "select nextval('orders_id_seq')",
        "select setval('orders_id_seq', 1)",
        "select lo_unlink(1)",
    ],
)
def test_what_is_no_harmless_select_is_refused_and_the_refusal_is_in_the_trail(case: Case, text: str) -> None:
    with pytest.raises(NotAdmitted):
        asked(case, text)

    assert [told["text"] for told in work.told("data.query_refused")] == [text]
    assert not AdHocQuery.objects.exists()


@pytest.mark.requirement("R-071")
@pytest.mark.parametrize("key", ["", "C-999999", "no case"])
def test_a_select_for_no_case_is_refused(case: Case, key: str) -> None:
    with pytest.raises(Refused, match="case"):
        actions.ask_ad_hoc(
            key, by=cast().lea, source="billing", text="select id from users", parameters="", purpose="x"
        )
    with pytest.raises(Refused, match="case"):
        actions.run_prebuilt(key, "tenant-users", TYPED, by=cast().sam)

    assert not QueryRun.objects.exists()


@pytest.mark.requirement("R-071")
def test_every_run_is_in_the_trail_with_its_grant_whether_it_answered_or_not(case: Case, settings: Any) -> None:
    grant = granted(case)
    ran = actions.run_granted(case.key, grant.pk, by=cast().lea)
    path = settings.OPTIONS.data_sources_file
    path.write_text(path.read_text().replace('url = "', 'url_file = "/no/such/file" # '), encoding="utf-8")
    failed = actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam)

    started = work.told("data.query_started")
    assert [told["run"] for told in started] == [ran.key, failed.key]
    assert (started[0]["approval"], started[0]["approver"]) == (grant.approval_id, cast().mia.name)
    assert [told["run"] for told in work.told("data.query_answered")] == [ran.key]
    assert [told["run"] for told in work.told("data.query_failed")] == [failed.key]
    assert set(Event.objects.filter(kind__startswith="data.").values_list("case_key", flat=True)) == {case.key}


def test_the_approver_reads_the_query_as_it_will_run(case: Case) -> None:
    grant = granted(case)

    ran = actions.run_granted(case.key, grant.pk, by=cast().lea)

    assert grant.approval.asked["query_as_it_will_run"] == ran.sql
    assert grant.approval.asked["parameters"] == "tenant = 1"
    assert (ran.state, len(ran.rows)) == ("answered", 14)


def test_a_query_without_a_grant_does_not_run(case: Case) -> None:
    grant, own = asked(case), asked(case, by=cast().mia)

    with pytest.raises(Refused, match="Nobody has approved"):
        actions.run_granted(case.key, grant.pk, by=cast().lea)
    with pytest.raises(Forbidden, match="their own request"):
        governance.answer(own.approval_id, by=cast().mia, approve=True)

    assert not QueryRun.objects.exists()


def test_a_grant_works_once_for_four_hours_for_who_asked_and_in_its_case(case: Case) -> None:
    grant, late, other = granted(case), granted(case), work.case()

    with pytest.raises(Refused, match="You asked for no such query"):
        actions.run_granted(case.key, grant.pk, by=cast().mia)
    with pytest.raises(Refused, match="You asked for no such query"):
        actions.run_granted(other.key, grant.pk, by=cast().lea)
    actions.run_granted(case.key, grant.pk, by=cast().lea)
    with pytest.raises(Refused, match="works once"):
        actions.run_granted(case.key, grant.pk, by=cast().lea)
    with clock.held_at(clock.now() + timedelta(hours=4)), pytest.raises(Refused, match="ended 4 hours"):
        actions.run_granted(case.key, late.pk, by=cast().lea)

    assert QueryRun.objects.count() == 1


def test_a_grant_does_not_cover_another_text_or_other_parameters(case: Case) -> None:
    texts, values = granted(case), granted(case)
    AdHocQuery.objects.filter(pk=texts.pk).update(text="select id, plan from users where tenant_id = :tenant")
    AdHocQuery.objects.filter(pk=values.pk).update(sealed=granted_with(case, "2"))

    for grant in (texts, values):
        with pytest.raises(Refused, match="not the query that was approved"):
            actions.run_granted(case.key, grant.pk, by=cast().lea)


def granted_with(case: Case, tenant: str) -> int:
    more = f"tenant integer = {tenant}"
    other = actions.ask_ad_hoc(case.key, by=cast().lea, source="billing", text=FREE, parameters=more, purpose="Other")
    return other.sealed


def test_a_personal_value_belongs_into_a_parameter_and_is_shown_to_nobody(case: Case) -> None:
    mail = "helen@brightwater.example"
    with pytest.raises(NotAdmitted, match="Give it as a parameter"):
        asked(case, f"select id from users where email = '{mail}'")

    grant = actions.ask_ad_hoc(
        case.key, by=cast().lea, source="billing", text="select id from users where email = :mail",
        parameters=f"mail text = {mail}", purpose="Is she there",
    )  # fmt: skip

    assert mail not in str(grant.approval.asked)
    assert mail not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_query_that_changed_after_its_review_does_not_run(settings: Any, tmp_path: Path, source: Desk) -> None:
    work.listed(settings, tmp_path, source, sql=work.SQL.replace("order by id", "order by email"), reviewed=work.SQL)

    with pytest.raises(Refused, match="changed after its review"):
        actions.run_prebuilt(work.case().key, "tenant-users", TYPED, by=cast().sam)


def test_parameters_of_the_wrong_type_are_refused_in_a_sentence_each(case: Case) -> None:
    with pytest.raises(Refused) as refusal:
        actions.run_prebuilt(case.key, "tenant-users", {"tenant": "1 or 1=1", "most": ""}, by=cast().sam)

    assert refusal.value.reasons == ("Tenant: give a whole number.", "Up to: give a whole number.")


def test_a_person_runs_thirty_queries_an_hour_and_no_more(case: Case) -> None:
    first = actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam)
    QueryRun.objects.bulk_create(copies(first, 29))

    with pytest.raises(Refused, match="30 are allowed"):
        actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam)


def copies(run: QueryRun, count: int, **changed: Any) -> list[QueryRun]:
    held = {"case": run.case, "source": run.source, "by": run.by, "at": run.at, "query": run.query, **changed}
    last = QueryRun.objects.filter(case=run.case).count()
    return [QueryRun(**{"number": last + number, **held}) for number in range(1, count + 1)]


def test_whoever_may_not_query_is_told_who_may(case: Case) -> None:
    with pytest.raises(Forbidden, match="query data sources for a case"):
        actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().vic)


def test_an_answer_becomes_evidence_of_the_case_once(case: Case) -> None:
    ran = actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam)

    item = actions.keep_as_evidence(case.key, ran.number, by=cast().sam, claim="Seven users of tenant 1 are on gold")

    assert item.sha256 == ran.result_hash
    assert item.excerpt.startswith("email | plan\n<EMAIL_")
    with pytest.raises(Refused, match="is E-1 already"):
        actions.keep_as_evidence(case.key, ran.number, by=cast().sam, claim="Again")


@pytest.mark.requirement("R-072")
def test_of_100_runs_30_free_ones_are_30_percent_and_three_patterns_are_named(case: Case) -> None:
    first = actions.run_prebuilt(case.key, "tenant-users", TYPED, by=cast().sam)
    QueryRun.objects.bulk_create(copies(first, 69))
    counts = {"select a": 12, "select b": 9, "select c": 5, "select d": 4}
    for pattern, count in counts.items():
        QueryRun.objects.bulk_create(copies(first, count, query="", pattern=pattern))

    used = selectors.usage(cast().lea, first.at - timedelta(days=1), first.at + timedelta(days=30))

    assert (used.runs, used.free, used.percent) == (100, 30, 30)
    assert used.patterns == [("select a", 12), ("select b", 9), ("select c", 5)]


def test_what_an_open_column_holds_about_people_is_redacted_in_the_answer(case: Case, settings: Any) -> None:
    """The file calls `email` open by mistake; the second net catches it, and no stored row has an address."""
    path = settings.OPTIONS.data_sources_file
    path.write_text(path.read_text().replace(', mask = "email"', ""), encoding="utf-8")
    grant = granted(case)

    ran = actions.run_granted(case.key, grant.pk, by=cast().lea)

    kept = QueryRun.objects.get(pk=ran.pk)
    assert kept.state == "answered"
    assert len({row[1] for row in kept.rows}) == 14
    assert "@corp" not in str(kept.rows)
