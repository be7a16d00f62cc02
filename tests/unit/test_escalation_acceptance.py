"""F-03 from events, as in its worked example."""

from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.kpi import EventRow, KpiValue, Period, Status, display, measure

QUARTER = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
AFTER = datetime(2026, 4, 20, tzinfo=UTC)
ANSWERS = (
    ["accepted"] * 31 + ["changes_requested"] * 4 + ["rejected"] + ["duplicate"] * 2 + ["withdrawn"] + ["acknowledged"]
)


def escalation(number: int, *answers: str, severity: int = 2, **data: object) -> list[EventRow]:
    """Sent at noon of its own day, and answered an hour apart."""
    sent = QUARTER.start + timedelta(days=number, hours=12)
    rows = [EventRow("escalation.submitted", sent, f"ESC-{number}", {"severity": severity, "case": f"SEV-{number}"})]
    return rows + [
        EventRow(f"escalation.{answer}", sent + timedelta(hours=hour), f"ESC-{number}", data)
        for hour, answer in enumerate(answers, 1)
    ]


def acceptance(events: list[EventRow], at: datetime = AFTER) -> KpiValue:
    return measure("F-03", events, QUARTER, at=at)


FORTY = [row for number, answer in enumerate(ANSWERS) for row in escalation(number, answer)]


def test_the_worked_example_gives_86_1_percent_of_36() -> None:
    value = acceptance(FORTY)
    assert len({row.subject for row in FORTY}) == 40
    assert (display(value.value, "percent"), value.n, value.status) == ("86.1", 36, Status.MET)
    assert value.interval is not None
    assert [display(bound, "percent") for bound in value.interval] == ["71.3", "93.9"]
    assert value.outcomes == {
        "accepted_as_is": 31,
        "changes_requested": 4,
        "rejected": 1,
        "duplicate": 2,
        "withdrawn": 1,
        "undecided": 1,
    }
    assert (len(value.rows), value.left_out) == (40, 4)


def test_the_figure_is_that_of_its_rows() -> None:
    value = acceptance(FORTY)
    shares = [row.value for row in value.rows if row.counted and row.value is not None]
    assert value.value == 100 * sum(shares) / len(shares)


def test_only_the_first_decision_counts() -> None:
    value = acceptance([*FORTY, *escalation(50, "changes_requested", "resubmitted", "accepted")])
    assert (value.n, value.outcomes["changes_requested"]) == (37, 5)


def test_a_hand_over_is_no_decision_until_the_other_team_answers() -> None:
    waiting = acceptance([*FORTY, *escalation(50, "handed_over")])
    answered = acceptance([*FORTY, *escalation(50, "handed_over", "accepted")])
    assert (waiting.n, waiting.outcomes["undecided"]) == (36, 2)
    assert (answered.n, answered.outcomes["accepted_as_is"]) == (37, 32)


@pytest.mark.parametrize(("minutes", "outcome"), [(59, "accepted_as_is"), (60, "changes_requested")])
def test_asking_for_a_deferred_item_counts_only_from_its_due_time(minutes: int, outcome: str) -> None:
    sent = QUARTER.start + timedelta(days=50)
    due = (sent + timedelta(minutes=60)).isoformat()
    rows = [
        EventRow("escalation.submitted", sent, "ESC-50", {"severity": 1, "deferred": {"P6": due}}),
        EventRow("escalation.changes_requested", sent + timedelta(minutes=minutes), "ESC-50", {"asks_for": ["P6"]}),
        EventRow("escalation.accepted", sent + timedelta(hours=3), "ESC-50"),
    ]
    [row] = acceptance(rows).rows
    assert row.outcome == outcome


def test_a_decision_of_another_period_is_not_counted() -> None:
    late = QUARTER.end
    rows = [
        EventRow("escalation.submitted", late - timedelta(days=1), "ESC-1", {"severity": 2}),
        EventRow("escalation.accepted", late, "ESC-1"),
    ]
    assert acceptance(rows).outcomes == {"undecided": 1}
    following = measure("F-03", rows, Period(late, late + timedelta(days=30)), at=late + timedelta(days=40))
    assert following.outcomes == {"accepted_as_is": 1}


def test_an_escalation_of_a_merged_case_is_left_out_and_shown() -> None:
    value = acceptance([*FORTY, EventRow("case.merged", QUARTER.start, "SEV-0")])
    assert (value.n, value.outcomes["X1"]) == (35, 1)


def test_less_than_ten_decisions_have_no_verdict() -> None:
    value = acceptance([row for number in range(9) for row in escalation(number, "accepted")])
    assert (value.value, value.n, value.status) == (100, 9, Status.INSUFFICIENT)


def test_before_the_end_of_the_period_the_verdict_is_provisional() -> None:
    assert acceptance(FORTY, at=QUARTER.end - timedelta(days=1)).status is Status.PROVISIONAL


def test_a_draft_is_no_row() -> None:
    assert acceptance([EventRow("escalation.drafted", QUARTER.start, "ESC-1")]).rows == ()
