"""The audit trail is read by those who may, page by page, and taken out with a trace."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sevline.core.rights import DECISIONS, Forbidden
from sevline.diagnosis.events import CauseRecorded
from sevline.governance import selectors
from sevline.governance.export import as_csv, as_json, guarded
from sevline.governance.selectors import TrailFilter
from sevline.people.events import PersonReactivated, SignedOut
from sevline.people.models import Person
from sevline.platform.events import SYSTEM, Ref, record
from sevline.platform.models import Event
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def happen(count: int, by: Person, case: str = "", at: datetime | None = None) -> None:
    with transaction.atomic():
        for _ in range(count):
            record(SignedOut(by=by.ref, subject=by.ref, case=case), at=at)


def body(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("aud", 200), ("sol", 200), ("ada", 200), ("lea", 403), ("mia", 403), ("sam", 403), ("eve", 403), ("vic", 403)],
)
def test_the_trail_opens_for_those_with_the_right(name: str, status: int) -> None:
    assert signed_in(getattr(cast(), name)).get("/governance/audit").status_code == status


def test_every_row_is_on_exactly_one_page() -> None:
    people = cast()
    happen(120, people.sam)
    seen: list[int] = []
    before = None

    for _ in range(3):
        page = selectors.trail_page(people.aud, TrailFilter(), before=before)
        seen += [event.seq for event in page.rows]
        before = page.older

    assert before is None
    assert seen == list(Event.objects.order_by("-seq").values_list("seq", flat=True))


def test_a_row_that_comes_meanwhile_moves_no_page() -> None:
    people = cast()
    happen(60, people.sam)
    first = selectors.trail_page(people.aud, TrailFilter())
    happen(5, people.sam)

    second = selectors.trail_page(people.aud, TrailFilter(), before=first.older)

    assert second.rows[0].seq == first.rows[-1].seq - 1


def test_a_page_takes_as_many_queries_for_fifty_rows_as_for_one() -> None:
    people = cast()
    aud = signed_in(people.aud)
    aud.get("/governance/audit")
    address = "/governance/audit?kind=session.signed_out"
    happen(1, people.sam)
    with CaptureQueriesContext(connection) as one:
        aud.get(address)
    happen(49, people.sam)
    with CaptureQueriesContext(connection) as fifty:
        aud.get(address)

    assert len(fifty) == len(one)


def test_the_trail_is_narrowed_by_kind_family_person_case_and_day() -> None:
    people = cast()
    day = datetime(2026, 5, 4, 23, 59, 59, tzinfo=UTC)
    happen(2, people.sam, case="CASE-1", at=day)
    happen(3, people.lea, case="CASE-2", at=day + timedelta(seconds=1))

    def count(**chosen: Any) -> int:
        return selectors.trail(people.aud, TrailFilter(**chosen)).count()

    assert count(kind="session.signed_out") == 5
    assert count(kind="session.") == 5
    assert count(kind="person.") == 14
    assert count(person=str(people.sam.pk), kind="session.") == 2
    assert count(case="CASE-2") == 3
    assert count(since=day.date(), until=day.date()) == 2
    assert count(case="CASE-9") == 0


def test_a_wrong_day_is_said_and_nothing_is_narrowed() -> None:
    page = signed_in(cast().aud).get("/governance/audit?since=2026-05-04&until=2026-05-01")

    assert page.status_code == 422
    assert "The last day is before the first." in page.content.decode()


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣", "0"])
def test_a_made_up_page_number_breaks_nothing(before: str) -> None:
    assert signed_in(cast().aud).get("/governance/audit", {"before": before}).status_code == 200


def test_an_export_holds_what_was_chosen_and_is_itself_in_the_trail() -> None:
    people = cast()
    happen(3, people.sam)
    aud = signed_in(people.aud)

    rows = json.loads(body(aud.post("/governance/audit/export", {"kind": "session.signed_out", "form": "json"})))

    event = Event.objects.get(kind="audit.exported")
    assert [row["kind"] for row in rows] == ["session.signed_out"] * 3
    assert event.data["rows"] == 3
    assert event.data["chosen"] == {"kind": "session.signed_out"}
    assert event.actor_key == str(people.aud.pk)


def test_a_csv_export_reads_back_row_for_row() -> None:
    people = cast()

    answer = signed_in(people.aud).post("/governance/audit/export", {"form": "csv"})
    rows = list(csv.DictReader(io.StringIO(body(answer))))

    assert answer["Content-Disposition"].endswith('.csv"')
    assert [int(row["seq"]) for row in rows] == sorted(int(row["seq"]) for row in rows)
    assert {row["kind"] for row in rows} == {"person.joined"}


@pytest.mark.parametrize("name", ["ada", "lea", "eve"])
def test_reading_is_not_enough_to_take_it_out(name: str) -> None:
    answer = signed_in(getattr(cast(), name)).post("/governance/audit/export", {"form": "csv"})

    assert answer.status_code == 403
    assert not Event.objects.filter(kind="audit.exported").exists()


def test_an_unknown_form_of_export_is_refused() -> None:
    assert signed_in(cast().aud).post("/governance/audit/export", {"form": "exe"}).status_code == 422


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx", "  =1+1", "|calc", "%0A"])
def test_no_cell_starts_a_formula(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Sam", "1=1", "CASE-7", 7])
def test_other_cells_stay_as_they_are(text: object) -> None:
    assert guarded(text) == text


def test_a_name_that_is_a_formula_is_harmless_in_the_export() -> None:
    people = cast()
    evil = Ref("person", "1", '=HYPERLINK("http://192.0.2.1")')
    with transaction.atomic():
        record(PersonReactivated(by=evil, subject=evil))

    line = list(as_csv(selectors.trail_rows(people.aud, TrailFilter(kind="person.reactivated"), through=10_000)))[1]

    assert next(csv.reader([line]))[6].startswith("'=HYPERLINK")


def test_an_empty_export_is_still_json() -> None:
    assert json.loads("".join(as_json([]))) == []


def test_a_selector_of_the_trail_asks_for_the_right_itself() -> None:
    with pytest.raises(Forbidden, match="see the audit trail"):
        selectors.trail(cast().lea, TrailFilter())


def test_everybody_may_read_who_may_do_what() -> None:
    page = signed_in(cast().eve).get("/governance/decisions").content.decode()

    assert all(f">{row.id}<" in page for row in DECISIONS.action)
    assert "asks or recommends" in page
    assert "Change severity definitions or how the SLA is read" in page
    assert "_" not in "".join(row.title for row in DECISIONS.action)


def test_an_event_whose_data_has_a_key_called_items_is_shown() -> None:
    with transaction.atomic():
        record(CauseRecorded(by=SYSTEM, subject=SYSTEM, cause=1, statement="x", confidence="probable", items=("E-1",)))

    answer = signed_in(cast().aud).get("/governance/audit")

    assert (answer.status_code, "E-1" in answer.content.decode()) == (200, True)
