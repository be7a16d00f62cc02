"""What is asked of those who send an escalation and of those who answer it."""

from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.escalation import (
    ACTION_CODES,
    ANSWERS,
    ESCALATION,
    EVENT_OF_VERB,
    REASONS,
    Answer,
    AnswerKind,
    Decision,
    EscalationEvent,
    EscalationFacts,
    EscalationStatus,
    defer,
    first_decision,
    overdue_items,
    response,
)
from sevline.core.lifecycle import Refused


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, 4, hour, minute, tzinfo=UTC)


def apply(verb: str, status: str, **facts: object) -> str:
    return ESCALATION.apply(verb, status, EscalationFacts(**facts))  # type: ignore[arg-type]  # each test names its own


def test_a_packet_that_passes_goes_out() -> None:
    assert apply("submit", "drafted") == "submitted"


def test_a_packet_that_does_not_pass_is_refused_with_what_is_missing() -> None:
    with pytest.raises(Refused, match="Name the tenant"):
        apply("submit", "drafted", gate_objections=("Name the tenant.",))


@pytest.mark.parametrize(("verb", "status"), [("submit", "drafted"), ("resubmit", "rejected")])
def test_a_security_matter_is_not_sent_to_engineering(verb: str, status: str) -> None:
    with pytest.raises(Refused, match="goes to Security"):
        apply(verb, status, security_suspected=True)


def test_engineering_acknowledges_and_accepts() -> None:
    assert apply("acknowledge", "submitted") == "acknowledged"
    assert apply("accept", "acknowledged") == "accepted"
    assert apply("accept", "submitted") == "accepted"


def test_acting_needs_one_of_the_coded_actions() -> None:
    assert apply("accept_acting", "submitted", action_code="repro_started") == "accepted_acting"
    assert apply("act", "accepted", action_code="assigned_with_plan") == "accepted_acting"
    with pytest.raises(Refused, match="A question alone is not an action"):
        apply("act", "accepted", action_code="question")


def test_the_meaningful_actions_are_the_six_coded_ones() -> None:
    assert set(ACTION_CODES) == {
        "repro_started",
        "data_requested_with_reason_and_owner",
        "assigned_with_plan",
        "change_started",
        "workaround_given",
        "decision_made",
    }


@pytest.mark.parametrize("verb", ["request_changes", "reject", "duplicate", "hand_over"])
def test_no_answer_goes_back_without_a_reason_code(verb: str) -> None:
    with pytest.raises(Refused, match="Give a reason code"):
        apply(verb, "submitted", note="No.", duplicate_of="KE-1", to_team="Identity")


@pytest.mark.parametrize(
    ("code", "verb", "status"),
    [
        ("R01", "request_changes", "changes_requested"),
        ("R02", "request_changes", "changes_requested"),
        ("R03", "request_changes", "changes_requested"),
        ("R04", "hand_over", "handed_over"),
        ("R05", "reject", "rejected"),
        ("R06", "duplicate", "duplicate"),
        ("R07", "request_changes", "changes_requested"),
        ("R08", "request_changes", "changes_requested"),
        ("R09", "request_changes", "changes_requested"),
        ("R10", "request_changes", "changes_requested"),
    ],
)
def test_a_reason_code_goes_with_its_answer(code: str, verb: str, status: str) -> None:
    answer = {"reason_code": code, "note": "See the log.", "duplicate_of": "KE-1", "to_team": "Identity"}
    assert apply(verb, "acknowledged", **answer) == status
    assert REASONS[code].effect == status


def test_a_reason_code_of_another_answer_is_refused_with_the_fitting_ones() -> None:
    with pytest.raises(Refused, match=r"R01 .* is not for this answer. Choose from R05 \(not a defect\)"):
        apply("reject", "submitted", reason_code="R01", note="No.")


def test_a_reason_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="There is no reason code “R11”"):
        apply("reject", "submitted", reason_code="R11", note="No.")


def test_a_duplicate_names_the_original_and_a_hand_over_the_team() -> None:
    with pytest.raises(Refused, match="Name the known error"):
        apply("duplicate", "submitted", reason_code="R06")
    with pytest.raises(Refused, match="Name the team"):
        apply("hand_over", "submitted", reason_code="R04")


def test_a_returned_escalation_is_sent_again() -> None:
    assert apply("resubmit", "changes_requested") == "submitted"


@pytest.mark.parametrize("status", ["accepted", "accepted_acting", "duplicate", "withdrawn"])
def test_a_settled_escalation_is_not_withdrawn(status: str) -> None:
    with pytest.raises(Refused, match="not possible"):
        apply("withdraw", status)


def test_every_status_but_the_first_is_reached_and_every_verb_has_an_event() -> None:
    assert {move.target for move in ESCALATION.moves} == set(EscalationStatus) - {"drafted"}
    assert {move.verb for move in ESCALATION.moves} == set(EVENT_OF_VERB)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["accepted"], Decision.ACCEPTED),
        (["accepted_acting"], Decision.ACCEPTED),
        (["changes_requested", "accepted"], Decision.CHANGES_REQUESTED),
        (["rejected", "accepted"], Decision.REJECTED),
        (["duplicate"], Decision.DUPLICATE),
        (["withdrawn"], Decision.WITHDRAWN),
        (["handed_over", "accepted"], Decision.ACCEPTED),
        (["handed_over", "handed_over", "rejected"], Decision.REJECTED),
    ],
)
def test_the_first_answer_that_decides_counts(kinds: list[AnswerKind], expected: Decision) -> None:
    answers = [Answer(at(10, minute), kind) for minute, kind in enumerate(kinds)]
    decided = first_decision(answers, severity=2)
    assert decided is not None
    assert decided.decision is expected


def test_a_hand_over_alone_decides_nothing() -> None:
    assert first_decision([Answer(at(10), "handed_over")], severity=2) is None
    assert first_decision([], severity=2) is None


def test_answers_are_taken_in_the_order_of_their_times() -> None:
    decided = first_decision([Answer(at(12), "accepted"), Answer(at(11), "rejected")], severity=2)
    assert decided is not None
    assert (decided.decision, decided.at) == (Decision.REJECTED, at(11))


SENT = at(13, 40)
DUE = defer(["P6", "P8", "P9"], sent_at=SENT)


def test_the_items_of_a_sev1_are_due_after_an_hour() -> None:
    assert set(DUE) == {"P6", "P8", "P9"}
    assert set(DUE.values()) == {at(14, 40)}
    assert overdue_items(DUE, ["P8"], at=at(14, 39)) == ()
    assert overdue_items(DUE, ["P8"], at=at(14, 40)) == ("P6", "P9")


def test_asking_for_a_deferred_item_before_its_time_is_no_rework() -> None:
    early = Answer(at(14, 39), "changes_requested", frozenset({"P6"}))
    late = Answer(at(14, 40), "changes_requested", frozenset({"P6"}))
    accepted = Answer(at(15), "accepted")
    kept = first_decision([early, accepted], severity=1, deferred=DUE)
    broken = first_decision([late, accepted], severity=1, deferred=DUE)
    assert kept is not None
    assert broken is not None
    assert (kept.decision, broken.decision) == (Decision.ACCEPTED, Decision.CHANGES_REQUESTED)


@pytest.mark.parametrize("asks_for", [frozenset({"P6", "P4"}), frozenset()])
def test_asking_for_more_than_was_deferred_is_rework(asks_for: frozenset[str]) -> None:
    decided = first_decision([Answer(at(14), "changes_requested", asks_for)], severity=1, deferred=DUE)
    assert decided is not None
    assert decided.decision is Decision.CHANGES_REQUESTED


def test_nothing_is_deferred_on_a_sev2() -> None:
    decided = first_decision([Answer(at(14), "changes_requested", frozenset({"P6"}))], severity=2, deferred=DUE)
    assert decided is not None


@pytest.mark.requirement("R-096")
def test_acknowledgement_takes_ten_minutes_and_the_cycle_sixty() -> None:
    measured = response(
        [
            EscalationEvent(at(10), "submitted"),
            EscalationEvent(at(10, 10), "acknowledged"),
            EscalationEvent(at(10, 20), "asked"),
            EscalationEvent(at(11), "acted", "repro_started"),
        ]
    )
    assert measured is not None
    assert measured.acknowledged_after == timedelta(minutes=10)
    assert measured.cycle == timedelta(minutes=60)
    assert measured.action_code == "repro_started"


def test_a_question_is_neither_acknowledgement_nor_action() -> None:
    measured = response([EscalationEvent(at(10), "submitted"), EscalationEvent(at(10, 20), "asked")])
    assert measured is not None
    assert (measured.acknowledged_after, measured.cycle) == (None, None)


def test_rework_does_not_start_the_cycle_again() -> None:
    measured = response(
        [
            EscalationEvent(at(10), "submitted"),
            EscalationEvent(at(10, 30), "changes_requested"),
            EscalationEvent(at(11), "resubmitted"),
            EscalationEvent(at(12), "accepted_acting", "change_started"),
        ]
    )
    assert measured is not None
    assert (measured.acknowledged_after, measured.cycle) == (timedelta(minutes=30), timedelta(hours=2))


def test_a_draft_has_no_times() -> None:
    assert response([EscalationEvent(at(10), "drafted")]) is None


def test_the_table_has_ten_reasons_and_a_version() -> None:
    assert (len(ANSWERS.reason), ANSWERS.version) == (10, "escalation-answers-1")
