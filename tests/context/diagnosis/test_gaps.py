"""Missing signals become one request with the minutes of all cases; a component's gaps become requests too."""

from typing import Any

import pytest

from sevline.catalog.actions import close_signal, score_supportability
from sevline.catalog.models import SignalRequest
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.core.supportability import SUPPORTABILITY
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.models import TelemetryGap
from tests import make
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db
NAMES = ("no request id in the log", "Request ids missing in logs", "log: request_id")


def lacking(name: str = NAMES[0], minutes: int = 30, **more: Any) -> TelemetryGap:
    return actions.note_telemetry_gap(work.case().key, by=cast().sam, text=name, minutes=minutes, **more)


def only_request() -> SignalRequest:
    return SignalRequest.objects.get()


@pytest.mark.requirement("R-074")
def test_gaps_of_three_cases_about_one_request_id_are_one_request_which_only_a_query_closes() -> None:
    for name, minutes in zip(NAMES, (30, 45, 60), strict=True):
        lacking(name, minutes, question="Which call failed?")

    (line,) = selectors.asked_signals(cast().sam)

    assert (line.cases, line.minutes) == (3, 135)
    with pytest.raises(Refused, match="Write the query that shows the signal"):
        close_signal(line.request.pk, by=cast().noor, query="  ")
    closed = close_signal(line.request.pk, by=cast().noor, query="count(log) where request_id != null")
    assert closed.closed_at is not None
    assert closed.verified_by.startswith("count(log)")


def test_the_list_is_ranked_by_minutes_lost_and_closed_requests_come_last() -> None:
    lacking("no request id in the log", 10)
    lacking("no pool metric", 90, signal="metric")
    closed = lacking("no dashboard", 500, signal="dashboard")
    close_signal(closed.request_id or 0, by=cast().noor, query="opened the dashboard")

    names = [line.request.name for line in selectors.asked_signals(cast().sam)]

    assert names == ["no pool metric", "no request id in the log", "no dashboard"]


def test_a_signal_that_is_missing_again_is_asked_anew() -> None:
    close_signal(lacking().request_id or 0, by=cast().noor, query="select 1")
    lacking()

    assert SignalRequest.objects.count() == 2


def test_other_kinds_and_other_areas_stay_apart() -> None:
    first = lacking(signal="log")
    second = lacking(signal="trace")

    assert first.request_id != second.request_id


def test_minutes_and_kinds_that_cannot_be_are_refused() -> None:
    with pytest.raises(Refused, match="between 0 and 100,000"):
        lacking(minutes=-1)
    with pytest.raises(Refused, match="A signal is one of log, metric"):
        lacking(signal="moon")
    with pytest.raises(Refused, match="no such request"):
        close_signal(1, by=cast().noor, query="q")


def test_only_engineering_closes_and_only_once() -> None:
    request = lacking().request_id or 0

    with pytest.raises(Forbidden):
        close_signal(request, by=cast().sam, query="q")
    close_signal(request, by=cast().noor, query="q")
    with pytest.raises(Refused, match="closed already"):
        close_signal(request, by=cast().noor, query="q")


def test_an_engineer_reads_what_it_cost_and_no_case_that_is_not_theirs() -> None:
    lacking(minutes=30)

    (line,) = selectors.asked_signals(cast().noor)
    page = signed_in(cast().noor).get(f"/signals/{line.request.pk}").content.decode()

    assert (line.cases, line.minutes, line.gaps) == (1, 30, ())
    assert "None that you may see." in page


@pytest.mark.requirement("R-075")
def test_a_component_that_meets_nine_of_twelve_scores_75_and_its_three_gaps_become_requests() -> None:
    area, lea = make.product_area(), cast().lea

    kept = score_supportability(area, by=lea, met=[row.key for row in SUPPORTABILITY.check[:9]])

    assert (kept.score, len(kept.met), kept.of) == (75, 9, 12)
    assert [row.name for row in SignalRequest.objects.all()] == [row.ask for row in SUPPORTABILITY.check[9:]]
    assert {row.owner for row in SignalRequest.objects.all()} == {area.engineering}


def test_scoring_again_asks_for_nothing_twice() -> None:
    area, met = make.product_area(), [row.key for row in SUPPORTABILITY.check[:9]]

    score_supportability(area, by=cast().lea, met=met)
    score_supportability(area, by=cast().lea, met=met)

    assert SignalRequest.objects.count() == 3


def test_the_pages_score_list_and_close() -> None:
    area = make.product_area()
    lea, noor = signed_in(cast().lea), signed_in(cast().noor)

    address, ticked = f"/catalog/supportability/{area.key}", {"met": ["health", "traces"]}
    scored = lea.post(address, ticked, follow=True).content.decode()
    gap = lacking(minutes=42)
    listed = noor.get("/signals").content.decode()
    empty = noor.post(f"/signals/{gap.request_id}", {"query": ""})
    closed = noor.post(f"/signals/{gap.request_id}", {"query": "log | where request_id"}, follow=True)

    assert "17 of 100: 2 of 12 checks are met" in scored
    assert "<b>42</b>" in listed
    assert empty.status_code == 422
    assert "Closed." in closed.content.decode()
    assert "17" in lea.get("/catalog/supportability").content.decode()


def test_a_query_with_a_secret_or_a_person_is_not_kept() -> None:
    request = lacking().request_id or 0

    with pytest.raises(Refused, match="not kept here"):
        close_signal(request, by=cast().noor, query="where user = 'helen@brightwater.example'")

    assert only_request().closed_at is None


def test_a_query_that_begins_as_one_and_is_not_whole_closes_nothing_and_the_page_says_what_was_checked() -> None:
    request, noor = lacking().request_id or 0, signed_in(cast().noor)

    broken = noor.post(f"/signals/{request}", {"query": 'rate(http_requests_total{job="api"}[5m]'})
    closed = noor.post(f"/signals/{request}", {"query": 'rate(http_requests_total{job="api"}[5m])'}, follow=True)
    page = noor.get(f"/signals/{request}").content.decode()

    assert (broken.status_code, closed.status_code) == (422, 200)
    assert "Reads as PromQL; it was not run here." in page
