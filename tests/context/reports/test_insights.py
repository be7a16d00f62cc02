"""The KPI pages: each figure equals its rows, and a person counts only what they may see."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.core.kpi import display
from sevline.core.rights import Forbidden
from sevline.diagnosis import actions
from sevline.people.models import Person
from sevline.platform import clock
from sevline.reports import selectors
from sevline.reports.period import chosen_from
from sevline.reports.selectors import Tile
from tests import make
from tests.cast import cast, signed_in
from tests.context.diagnosis import work
from tests.context.reports import story

pytestmark = pytest.mark.django_db
QUERY = "period=2026-Q2"


def tile(person: Person, key: str, period: str = "2026-Q2") -> Tile:
    told = selectors.told(person)
    return selectors.tile(key, told, chosen_from({"period": period}, at=story.AFTER), at=story.AFTER)


def page(client: Client, address: str) -> Any:
    with clock.held_at(story.AFTER):
        return client.get(address)


def words_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_forty_escalations_of_the_worked_example_give_86_1_percent() -> None:
    story.escalations()

    shown = tile(cast().sam, "F-03")

    assert (shown.shown, shown.value.n, shown.status) == ("86.1", 36, "met")
    assert shown.interval == "71.3 to 93.9 at 95 %"
    assert {words: n for words, n, counted in shown.outcomes if not counted} == {
        "duplicate of something known": 2,
        "withdrawn": 1,
        "not decided yet": 1,
    }


def test_the_hours_of_the_worked_example_give_a_median_of_5_25_that_fell_by_a_quarter() -> None:
    story.diagnoses(story.HOURS, story.QUARTER)
    story.diagnoses(story.PREVIOUS, story.QUARTER.replace(month=1))

    shown = tile(cast().sam, "F-06")

    assert (shown.shown, shown.value.n, shown.status) == ("5.25", 10, "met")
    assert dict(shown.figures)["90th percentile"] == "12.80 h"
    assert dict(shown.figures)["period before"] == "7.00 h"
    assert dict(shown.figures)["change"] == "−25.0 %"


def test_a_lesser_case_is_counted_from_the_moment_a_lead_came_in() -> None:
    who, start = cast(), story.QUARTER.replace(hour=9)
    case = make.case(severity=3, at=start)
    with clock.held_at(start + timedelta(hours=2)):
        cases.engage_lead(case.key, by=who.sam, lead=who.lea, why="Nobody sees why.")
    with clock.held_at(start + timedelta(hours=5)):
        actions.record_cause(
            case.key, by=who.sam, statement="Pool", confidence="probable", items=[work.evidence(case).key]
        )
    with clock.held_at(start + timedelta(hours=9)):
        cases.resolve(case.key, by=who.sam, code="answered", cause="usage", summary=make.SUMMARY)

    shown = tile(who.sam, "F-06")

    assert (shown.shown, shown.value.n, shown.status) == ("3.00", 1, "insufficient")


def test_the_tile_counts_as_many_rows_as_its_page_lists_and_the_rows_give_the_figure() -> None:
    story.escalations()
    sam = cast().sam
    told = selectors.told(sam)

    shown = tile(sam, "F-03")
    rows = selectors.rows(shown, told.names)
    counted = [float(row.value) for row in rows if row.counted]

    assert (len(rows), len(counted)) == (40, shown.value.n)
    assert display(sum(counted) / len(counted), "percent") == shown.shown
    assert sum(n for _, n, _ in shown.outcomes) == len(rows)


def test_a_person_counts_only_the_cases_that_they_may_see() -> None:
    story.escalations()

    mine, theirs = selectors.told(cast().sam), selectors.told(cast().eve)

    assert len(mine.histories["F-03"]) == 40
    assert (theirs.histories["F-03"], theirs.sent, theirs.names, theirs.cases) == ([], (), {}, 0)


def test_hiding_one_case_takes_its_row_out_of_the_figure() -> None:
    story.escalations()
    eve = cast().eve
    one = Case.objects.order_by("-number").first()
    assert one is not None
    Case.objects.filter(pk=one.pk).update(team=eve.teams.first(), owner=eve)
    one.access.all().delete()

    assert len(tile(cast().sam, "F-03").value.rows) == 39


def test_who_may_not_see_kpis_is_refused() -> None:
    administrator = cast().ada

    with pytest.raises(Forbidden):
        selectors.told(administrator)
    assert page(signed_in(administrator), f"/insights/?{QUERY}").status_code == 403


def test_the_page_says_figure_interval_target_and_what_it_counts() -> None:
    story.escalations()

    text = words_of(page(signed_in(cast().sam), f"/insights/?{QUERY}"))

    for words in ("86.1", "n 36 of 40 rows", "71.3 to 93.9 at 95 %", "met", "85 % or more", "0 excluded (0 %)"):
        assert words in text
    assert "cases that you may see" in text
    assert "Escalations accepted as they were" in text


def test_too_few_rows_have_no_colour() -> None:
    text = words_of(page(signed_in(cast().sam), f"/insights/?{QUERY}"))

    assert text.count("insufficient") == 2
    assert not any(f'class="chip" data-tone="{tone}"' in text for tone in ("ok", "warn", "bad"))


def test_every_figure_opens_its_rows() -> None:
    story.escalations()

    answer = page(signed_in(cast().sam), f"/insights/F-03?{QUERY}")

    text = words_of(answer)
    assert text.count("<tr>") == 41
    assert "from 36 counted of 40 rows" in text
    assert "ESC-40" in text


def test_the_export_holds_the_same_rows_and_no_formula() -> None:
    story.escalations()
    first = Case.objects.order_by("number")[1]
    client = signed_in(cast().sam)

    answer = page(client, f"/insights/F-03.csv?{QUERY}")
    rows = list(csv.DictReader(StringIO(answer.content.decode())))

    shares = [float(row["value"]) for row in rows if row["counted"] == "yes"]
    assert (len(rows), display(sum(shares) / len(shares), "percent")) == (40, "86.1")
    assert first.key in {row["case"] for row in rows}
    assert answer["Content-Disposition"] == 'attachment; filename="F-03-20260401-20260701.csv"'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert selectors.safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["C-1042", "86.1", "", "a=b"])
def test_an_ordinary_cell_is_left_alone(text: str) -> None:
    assert selectors.safe(text) == text


@pytest.mark.parametrize(
    "query", ["period=banana", "period=2026-13", "period=2026-Q5", "from=2026-05-01", "period=٢٠٢٦-11"]
)
def test_a_period_that_makes_no_sense_is_answered_by_a_sentence(query: str) -> None:
    client = signed_in(cast().sam)

    answers = [page(client, f"/insights/{path}?{query}") for path in ("", "F-03", "F-03.csv")]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert "is no" in words_of(answers[0])


def test_there_is_no_page_of_an_unknown_kpi() -> None:
    assert page(signed_in(cast().sam), "/insights/F-99").status_code == 404
