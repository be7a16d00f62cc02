"""Whom it touches, whether a fix holds, and one request followed through services."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.counts import PatternCounts, minute_of
from sevline.core.mining.surfacing.fixes import FixCheck, Verdict, evaluate
from sevline.core.mining.surfacing.impact import ImpactQuery, drift, impact
from sevline.core.mining.surfacing.skews import skews
from sevline.core.mining.surfacing.stitching import follow
from sevline.core.readers.logs.events import LogEvent, read_events
from sevline.core.readers.logs.fields import Field

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def events(lines: list[dict[str, object]], source: str = "a.log") -> Iterator[LogEvent]:
    _, found = read_events(["\n".join(json.dumps(line) for line in lines).encode()], source=source)
    yield from found


def line(number: int, **fields: object) -> dict[str, object]:
    at = (START + timedelta(seconds=number)).isoformat()
    return {"time": at, "level": "info", "service": "shop", "msg": "order taken", **fields}


def prepared() -> list[dict[str, object]]:
    """500 records of 40 tenants; 60 failures of 7 of them, from 100 s to 159 s."""
    calm = [line(number, tenant=f"t{number % 40}", user=f"u{number % 90}", region="eu") for number in range(500)]
    failed = [
        line(
            100 + number, tenant=f"t{number % 7}", user=f"u{number}", level="error", msg="Payment refused", region="us"
        )
        for number in range(60)
    ]
    return calm + failed


@pytest.mark.requirement("R-070")
def test_the_number_of_tenants_is_exact_and_a_second_run_shows_what_drifted() -> None:
    query = ImpactQuery(since=START, until=START + timedelta(minutes=10), level="ERROR", text="payment refused")
    then = impact(events(prepared()), query, source="a.log", asked_at=START)
    again = impact(events(prepared()), query, source="a.log", asked_at=START)
    more = [*prepared(), line(300, tenant="t39", user="u1", level="error", msg="payment refused", region="us")]
    now = impact(events(more), query, source="a.log", asked_at=START + timedelta(hours=1))

    assert sorted(then.scopes[Field.TENANT].affected) == [f"t{number}" for number in range(7)]
    assert (then.scopes[Field.TENANT].share, len(then.scopes[Field.USER].affected)) == (7 / 40, 60)
    assert (then.first, then.last) == (START + timedelta(seconds=100), START + timedelta(seconds=159))
    assert (then.source, then.asked_at) == ("a.log", START)
    assert then.query == (
        "from 2026-03-02T10:00:00+00:00; until 2026-03-02T10:10:00+00:00; level ERROR or louder; text “payment refused”"
    )
    assert drift(then, again) == ()
    assert drift(then, now) == ("1 more in tenant: t39.", "61 records instead of 60.")


def test_records_that_name_no_tenant_are_counted_apart() -> None:
    found = impact(
        events([line(1, level="error"), line(2, level="error", tenant="a")]),
        ImpactQuery(level="ERROR"),
        source="s",
        asked_at=START,
    )

    assert (found.records, found.unnamed) == (2, 1)
    assert "1 of the records names no tenant" in found.sentence


@pytest.mark.parametrize("wrong", [{"level": "LOUD"}, {"since": START, "until": START}])
def test_a_query_that_cannot_be_meant_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        ImpactQuery(**wrong)  # type: ignore[arg-type]  # what a form may hold


def minutes(total: int, *, first: int, last: int) -> dict[int, int]:
    return {minute_of(START) + minute: total for minute in range(first, last)}


@pytest.mark.requirement("R-073")
def test_a_check_for_60_minutes_is_pending_after_20_and_passes_when_all_were_seen() -> None:
    check = FixCheck("5xx of checkout", below=0.005, window=timedelta(minutes=60))
    everything, bad = minutes(100, first=-60, last=60), minutes(9, first=-60, last=0)
    early = evaluate(check, START, START + timedelta(minutes=20), everything, bad)
    whole = evaluate(check, START, START + timedelta(minutes=60), everything, bad)

    assert check.sentence == "5xx of checkout below 0.5 % for 60 min"
    assert (early.verdict, early.observed) == (Verdict.PENDING, timedelta(minutes=20))
    assert (whole.verdict, whole.before, whole.after) == (Verdict.PASS, (6000, 540), (6000, 0))


def test_a_share_above_the_bound_fails_and_silence_passes_nothing() -> None:
    check = FixCheck("errors", below=0.005, window=timedelta(minutes=60))
    later = START + timedelta(minutes=61)
    everything = minutes(100, first=-60, last=60)

    assert evaluate(check, START, later, everything, minutes(1, first=0, last=60)).verdict is Verdict.FAIL
    assert evaluate(check, START, later, {}, {}).verdict is Verdict.PENDING
    assert evaluate(check, START, later, minutes(1, first=0, last=60), {}).verdict is Verdict.PENDING


def leaning(name: str, shares: dict[str, int]) -> PatternCounts:
    return PatternCounts(name, name, sum(shares.values()), {}, shares={"tenant": shares})


def test_a_pattern_that_leans_to_one_tenant_is_told_and_one_that_does_not_is_not() -> None:
    [skew] = skews(
        [
            leaning("fair", {"a": 100, "b": 110, "c": 90}),
            leaning("leaning", {"a": 60, "b": 3}),
            leaning("also fair", {"a": 20, "b": 20, "c": 21}),
        ]
    )

    assert (skew.row, skew.value, skew.inside, skew.pattern) == (1, "a", 60, 63)
    assert skew.interval[0] > 2


def hop(service: str, seconds: float, span: str, parent: str = "", level: str = "info") -> dict[str, object]:
    fields: dict[str, object] = {"service": service, "request_id": "r-7", "span_id": span, "level": level}
    return line(
        0, **fields, time=(START + timedelta(seconds=seconds)).isoformat(), **({"parent_id": parent} if parent else {})
    )


def test_most_of_a_log_does_not_lean_because_its_errors_touch_few_tenants() -> None:
    everyday = {f"t{number}": 700 for number in range(6)}
    found = skews(
        (
            leaning("GET <*>", everyday),
            leaning("GET <*> [5xx]", {"t0": 180, "t4": 180, "t2": 90}),
        )
    )

    assert {(skew.row, skew.value) for skew in found} == {(1, "t0"), (1, "t4")}
    assert {(skew.others, skew.rest, skew.apart) for skew in found} == {(700, 4200, 0)}


def test_a_pattern_held_against_fewer_others_says_so() -> None:
    shared = {"a": 300, "b": 300, "c": 300}
    found = skews(
        (
            leaning("one", shared),
            leaning("two", {"a": 100}),
            leaning("three", {"a": 240, "b": 60, "c": 60}),
        )
    )

    assert [(skew.row, skew.value, skew.apart) for skew in found] == [(1, "a", 0), (2, "a", 1)]


def test_a_request_in_four_services_is_four_hops_causes_first_with_the_skew_of_one_clock_shown() -> None:
    gateway = [hop("gateway", 0.0, "a"), hop("gateway", 0.9, "a", level="warn")]
    orders = [hop("orders", 0.1, "b", "a")]
    payments = [hop("payments", -1.6, "c", "b"), hop("payments", -1.2, "c", level="error")]
    ledger = [hop("ledger", 0.3, "d", "c")]
    found = [event for part in (payments, ledger, orders, gateway) for event in events([*part, line(5)])]
    way = follow(found, "r-7")

    assert way is not None
    assert [each.service for each in way.hops] == ["gateway", "orders", "payments", "ledger"]
    assert way.failing is not None
    assert way.failing.service == "payments"
    assert way.hops[2].skew == timedelta(seconds=1.7)
    assert way.warnings == ("The clock of payments is at least 1.7 s behind its caller's; tolerated.",)


def test_without_spans_the_order_is_by_time_and_says_so() -> None:
    way = follow(events([line(9, service="b", request_id="x"), line(0, service="a", request_id="x")]), "x")

    assert way is not None
    assert [each.service for each in way.hops] == ["a", "b"]
    assert way.ordered_by == "time alone; clocks may differ by 2 s"
    assert way.warnings == ("Nothing was logged for 9 s before b goes on.",)


def test_an_id_that_nobody_names_has_no_way() -> None:
    assert follow(events([line(1)]), "nobody") is None


@pytest.mark.parametrize(("apart", "said"), [("00.900", 1), ("09.000", 0)])
def test_without_spans_failures_as_near_as_clocks_may_differ_are_told(apart: str, said: int) -> None:
    lines: list[dict[str, object]] = [
        {"ts": "2026-03-02T10:00:00Z", "level": "error", "msg": "refused", "service": "pay", "trace_id": "r1"},
        {"ts": f"2026-03-02T10:00:{apart}Z", "level": "error", "msg": "gave up", "service": "web", "trace_id": "r1"},
    ]
    way = follow(events(lines), "r1")

    assert way is not None
    assert way.failing is not None
    assert way.failing.service == "pay"
    assert sum("web failed within 2 s of pay" in warning for warning in way.warnings) == said
