"""F-06 from events, as in its worked example."""

from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.kpi import EventRow, KpiValue, Period, Status, display, measure

QUARTER = Period(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
AFTER = datetime(2026, 7, 20, tzinfo=UTC)
HOURS = [1.5, 2, 3, 4, 4.5, 6, 7, 9, 12, 20]
PREVIOUS = [5, 6, 6.5, 6.8, 6.9, 7.1, 7.5, 8, 12, 22]


def case(key: str, first: datetime, hours: float | None, *, severity: int = 2) -> list[EventRow]:
    """Opened, rated an hour later, diagnosed after some hours, resolved after two days."""
    rows = [
        EventRow("case.opened", first, key),
        EventRow("case.triaged", first + timedelta(hours=1), key, {"severity": severity}),
        EventRow("case.resolved", first + timedelta(days=2), key),
    ]
    if hours is not None:
        cause = {"cause": 1, "confidence": "probable", "items": ["E-1"]}
        rows.append(EventRow("diagnosis.cause_recorded", first + timedelta(hours=hours), key, cause))
    return rows


def cases(hours: list[float], start: datetime, prefix: str) -> list[EventRow]:
    return [
        row
        for number, value in enumerate(hours)
        for row in case(f"{prefix}-{number}", start + timedelta(days=number), value)
    ]


EXAMPLE = cases(HOURS, QUARTER.start, "NOW") + cases(PREVIOUS, BEFORE, "OLD")


def diagnosis(events: list[EventRow], at: datetime = AFTER) -> KpiValue:
    return measure("F-06", events, QUARTER, at=at)


def test_the_worked_example_gives_a_median_of_5_25_and_a_fall_of_a_quarter() -> None:
    value = diagnosis(EXAMPLE)
    assert (display(value.value, "hours"), display(value.figures["p90"], "hours")) == ("5.25", "12.80")
    assert display(value.figures["previous_median"], "hours") == "7.00"
    assert value.figures["change_percent"] == pytest.approx(-25.0)
    assert (value.n, value.status) == (10, Status.MET)
    assert [row.value for row in value.rows] == HOURS


def test_more_than_a_tenth_without_diagnosis_voids_the_verdict() -> None:
    one = diagnosis([*EXAMPLE, *case("NONE-1", QUARTER.start, None)])
    two = diagnosis([*EXAMPLE, *case("NONE-1", QUARTER.start, None), *case("NONE-2", QUARTER.start, None)])
    assert (one.status, one.outcomes["undiagnosed"]) == (Status.MET, 1)
    assert two.status is Status.VOID


def single(*extra: EventRow, severity: int = 2, hours: float | None = 5) -> KpiValue:
    return diagnosis([*case("SEV-1", QUARTER.start, hours, severity=severity), *extra])


def after(hours: float, kind: str, **data: object) -> EventRow:
    return EventRow(kind, QUARTER.start + timedelta(hours=hours), "SEV-1", data)


def test_a_refuted_cause_gives_way_to_the_next_that_survives() -> None:
    value = single(
        after(6, "diagnosis.cause_refuted", cause=1),
        after(8, "diagnosis.cause_recorded", cause=2, confidence="confirmed", items=["E-2"]),
    )
    assert value.value == 8


def test_a_cause_refuted_after_resolution_still_counts() -> None:
    assert single(after(72, "diagnosis.cause_refuted", cause=1)).value == 5


def test_a_validated_workaround_is_a_diagnosis() -> None:
    assert single(after(3, "diagnosis.workaround_validated", workaround=1)).value == 3


def test_a_workaround_that_was_withdrawn_is_none() -> None:
    validated = after(3, "diagnosis.workaround_validated", workaround=1)
    assert single(validated, after(4, "diagnosis.workaround_withdrawn", workaround=1)).value == 5


@pytest.mark.parametrize("said", [{"confidence": "suspected", "items": ["E-1"]}, {"confidence": "probable"}])
def test_a_suspicion_or_a_cause_without_evidence_is_no_diagnosis(said: dict[str, object]) -> None:
    value = single(after(3, "diagnosis.cause_recorded", cause=3, **said), hours=None)
    assert value.outcomes == {"undiagnosed": 1}


def test_a_sev3_starts_when_a_lead_is_engaged() -> None:
    assert single(after(2, "case.lead_engaged"), severity=3).value == 3
    assert single(severity=3).rows == ()


def test_a_diagnosis_before_the_start_is_a_defect_of_the_data() -> None:
    assert single(after(6, "case.lead_engaged"), severity=3).outcomes == {"X5": 1}


def test_the_resolve_that_held_decides_the_period() -> None:
    reopened = EventRow("case.reopened", QUARTER.start + timedelta(days=3), "SEV-1")
    again = EventRow("case.resolved", QUARTER.end, "SEV-1")
    assert single(reopened, again).rows == ()


def test_a_lower_median_with_a_higher_mean_is_mixed() -> None:
    events = cases([1, 1, 1, 1, 1, 1, 1, 1, 40, 47], QUARTER.start, "NOW") + cases([7] * 10, BEFORE, "OLD")
    assert diagnosis(events).status is Status.MIXED


def test_without_ten_cases_before_there_is_no_verdict() -> None:
    value = diagnosis(cases(HOURS, QUARTER.start, "NOW"))
    assert (value.value, value.status) == (5.25, Status.INSUFFICIENT)
    assert "a verdict needs 10" in value.notes[0]


def test_before_the_end_of_the_period_the_verdict_is_provisional() -> None:
    assert diagnosis(EXAMPLE, at=QUARTER.end - timedelta(days=1)).status is Status.PROVISIONAL
