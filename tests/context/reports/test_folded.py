"""The fold of the events is what the events say: however it was reached, and whatever became of the trail."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sevline.cases import actions as cases
from sevline.core.kpi import EventRow, Period, figure, measure
from sevline.platform import clock
from sevline.platform.models import Event
from sevline.reports import folded, selectors
from sevline.reports.folded import KEYS, State
from tests import make
from tests.cast import cast
from tests.context.reports import story

pytestmark = pytest.mark.django_db
QUARTER = Period(story.QUARTER, story.QUARTER + timedelta(days=91))


def afresh() -> State:
    return folded.folded(State())


def test_a_fold_that_grew_with_the_trail_is_the_one_that_all_events_give_at_once() -> None:
    story.escalations()
    first = afresh()
    case = make.case(severity=3)
    second = folded.folded(first)
    with clock.held_at(clock.now()):
        cases.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    grown = folded.folded(second)

    assert grown == afresh()
    assert len(grown.cases) == len(second.cases) == len(first.cases) + 1
    assert grown.cases[case.key].histories["F-06"] != second.cases[case.key].histories["F-06"]


def test_the_figures_of_the_fold_are_those_of_the_events_themselves() -> None:
    story.escalations()
    story.diagnoses(story.HOURS, story.QUARTER)
    story.diagnoses(story.PREVIOUS, story.QUARTER.replace(month=1))
    told = selectors.told(cast().sam)
    rows = [
        EventRow(event.kind, event.at, event.subject_key, {**event.data, "case": event.case_key})
        for event in Event.objects.order_by("at", "seq")
    ]

    for key in KEYS:
        kept = figure(key, told.histories[key], told.exclusions, QUARTER, at=story.AFTER)
        replayed = measure(key, rows, QUARTER, at=story.AFTER)
        assert (kept.value, kept.n, kept.status, kept.figures) == (
            replayed.value,
            replayed.n,
            replayed.status,
            replayed.figures,
        )
        assert sorted(kept.rows, key=str) == sorted(replayed.rows, key=str)


def test_events_that_were_never_committed_leave_nothing_behind() -> None:
    make.case(severity=2)
    before = folded.cases()

    with transaction.atomic():
        make.case(severity=3)
        during = folded.cases()
        transaction.set_rollback(True)

    assert len(during) == len(before) + 1
    assert folded.cases() == before == afresh().cases


def test_nothing_is_read_again_while_nothing_happens() -> None:
    story.escalations()
    folded.cases()

    with CaptureQueriesContext(connection) as asked:
        folded.cases()

    assert len(asked) == 2
    assert all("LIMIT 1" in query["sql"] for query in asked.captured_queries)
