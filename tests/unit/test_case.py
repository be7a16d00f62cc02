"""What a case needs before it moves, and what its events tell."""

from dataclasses import replace

import pytest

from sevline.core.case import (
    CASE,
    CAUSE_CATEGORIES,
    EVENT_OF_VERB,
    RESOLUTION_CODES,
    UNRESOLVED,
    BrokenHistory,
    CaseFacts,
    CaseStatus,
    Stage,
    replay,
    seen_length,
    stage,
)
from sevline.core.lifecycle import Refused

READY = CaseFacts(
    has_owner=True,
    has_next_action=True,
    waiting_for="the SAML response of a failing sign-in",
    resolution_code="fixed",
    cause_category="product_configuration",
    resolution_summary="The signing certificate was replaced and sign-in works again.",
    has_validated_fix=True,
    has_accepted_workaround=True,
    reopen_reason="It fails again for one user",
    merged_into="SEV-1",
    days_since_merge=1,
)


def test_there_are_eight_statuses() -> None:
    assert set(CaseStatus) == {
        "new",
        "open",
        "pending_customer",
        "on_hold_internal",
        "on_hold_vendor",
        "resolved",
        "closed",
        "merged",
    }


@pytest.mark.parametrize("status", ["open", "pending_customer", "on_hold_internal", "on_hold_vendor"])
def test_a_case_resolves_from_every_worked_status(status: str) -> None:
    assert CASE.apply("resolve", status, READY) == "resolved"


def test_a_case_that_nobody_took_cannot_be_resolved() -> None:
    with pytest.raises(Refused, match="“resolve” is not possible while the status is “new”"):
        CASE.apply("resolve", "new", READY)


def test_resolving_needs_a_code_a_cause_and_thirty_characters_of_summary() -> None:
    bare = replace(READY, resolution_code="", cause_category="", resolution_summary="x" * 29)
    with pytest.raises(Refused) as refusal:
        CASE.apply("resolve", "open", bare)
    assert refusal.value.reasons == (
        "Choose a resolution code.",
        "Choose a cause category.",
        "Write a resolution summary of at least 30 characters; this one has 29.",
    )
    assert CASE.apply("resolve", "open", replace(READY, resolution_summary="x" * 30)) == "resolved"


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800", "\ufe0f"])
def test_characters_that_nobody_sees_do_not_make_a_summary_longer(unseen: str) -> None:
    with pytest.raises(Refused, match="this one has 0"):
        CASE.apply("resolve", "open", replace(READY, resolution_summary=unseen * 30))
    with pytest.raises(Refused, match="this one has 4"):
        CASE.apply("resolve", "open", replace(READY, resolution_summary=f"do{unseen}ne" + unseen * 30))


def test_marks_that_can_be_seen_count_in_every_script() -> None:
    words = "साइन-इन अब फिर से काम करता है।"

    assert seen_length(words) == len(words)


def test_blanks_do_not_make_a_summary_longer() -> None:
    with pytest.raises(Refused, match="this one has 4"):
        CASE.apply("resolve", "open", replace(READY, resolution_summary="done" + " " * 40))


def test_a_fix_must_have_been_validated() -> None:
    with pytest.raises(Refused, match="needs a fix that was validated"):
        CASE.apply("resolve", "open", replace(READY, has_validated_fix=False))


def test_a_known_error_needs_an_accepted_workaround() -> None:
    facts = replace(READY, resolution_code="known_error", has_accepted_workaround=False)
    with pytest.raises(Refused, match="needs a workaround that the customer accepted"):
        CASE.apply("resolve", "open", facts)


def test_an_answered_question_needs_neither() -> None:
    facts = replace(READY, resolution_code="answered", has_validated_fix=False, has_accepted_workaround=False)
    assert CASE.apply("resolve", "open", facts) == "resolved"


def test_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="There is no resolution code “lucky”"):
        CASE.apply("resolve", "open", replace(READY, resolution_code="lucky"))
    with pytest.raises(Refused, match="There is no cause category “moon”"):
        CASE.apply("resolve", "open", replace(READY, cause_category="moon"))


@pytest.mark.parametrize("verb", ["wait_for_customer", "hold_internal", "hold_vendor"])
def test_a_case_waits_only_for_something_named_and_with_a_next_action(verb: str) -> None:
    with pytest.raises(Refused) as refusal:
        CASE.apply(verb, "open", replace(READY, waiting_for=" ", has_next_action=False))
    assert refusal.value.reasons == (
        "Say what the case is waiting for.",
        "Say what happens next, who does it and by when.",
    )


def test_taking_a_case_needs_an_owner_and_a_next_action() -> None:
    with pytest.raises(Refused, match="the one person who owns this case"):
        CASE.apply("take", "new", CaseFacts())


def test_a_case_opens_again_for_a_reason() -> None:
    assert CASE.apply("reopen", "resolved", READY) == "open"
    with pytest.raises(Refused, match="Say why"):
        CASE.apply("reopen", "resolved", replace(READY, reopen_reason=""))


@pytest.mark.parametrize(("days", "status"), [(0.0, "open"), (7.0, "open")])
def test_a_merge_is_undone_within_seven_days(days: float, status: str) -> None:
    assert CASE.apply("unmerge", "merged", replace(READY, days_since_merge=days)) == status


@pytest.mark.parametrize("days", [7.1, None])
def test_an_old_merge_stays(days: float | None) -> None:
    with pytest.raises(Refused, match="for 7 days"):
        CASE.apply("unmerge", "merged", replace(READY, days_since_merge=days))


def test_a_merge_names_the_surviving_case() -> None:
    with pytest.raises(Refused, match="merged into"):
        CASE.apply("merge", "open", replace(READY, merged_into=""))


def test_a_closed_case_has_no_way_out() -> None:
    assert CASE.from_status("closed") == ()


def test_escalated_is_no_status_and_every_unresolved_status_keeps_its_moves() -> None:
    assert "escalated" not in set(CaseStatus)
    assert {"new", "open", "pending_customer", "on_hold_internal", "on_hold_vendor"} == UNRESOLVED


def test_every_verb_has_an_event() -> None:
    assert {move.verb for move in CASE.moves} == set(EVENT_OF_VERB)


def test_the_tables_hold_codes_and_causes() -> None:
    assert RESOLUTION_CODES["fixed"].needs == "validated_fix"
    assert "product_defect" in CAUSE_CATEGORIES


def test_replaying_events_gives_the_status() -> None:
    kinds = ["case.opened", "case.taken", "case.triaged", "case.waiting_for_customer", "case.resumed", "case.resolved"]
    assert replay(kinds) == CaseStatus.RESOLVED
    assert replay([*kinds, "case.reopened"]) == CaseStatus.OPEN
    assert replay(["case.opened"]) == CaseStatus.NEW


def test_a_history_that_cannot_have_happened_is_named() -> None:
    with pytest.raises(BrokenHistory, match=r"Event 2, “case.resumed”, is not possible while the status is “new”"):
        replay(["case.opened", "case.resumed"])


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["case.opened"], Stage.RECEIVED),
        (["case.opened", "case.triaged"], Stage.TRIAGED),
        (["case.triaged", "diagnosis.findings_kept"], Stage.TRIAGED),
        (["case.triaged", "diagnosis.hypothesis_proposed"], Stage.DIAGNOSING),
        (["case.triaged", "escalation.submitted"], Stage.ESCALATED),
        (["diagnosis.hypothesis_proposed", "escalation.submitted", "escalation.changes_requested"], Stage.DIAGNOSING),
        (["escalation.submitted", "escalation.changes_requested", "escalation.resubmitted"], Stage.ESCALATED),
        (["escalation.submitted", "escalation.submitted", "escalation.withdrawn"], Stage.ESCALATED),
        (["escalation.submitted", "case.resolved"], Stage.RESOLVED),
        (["case.triaged", "case.resolved", "case.reopened"], Stage.TRIAGED),
    ],
)
def test_the_stage_is_read_from_the_events(kinds: list[str], expected: Stage) -> None:
    assert stage(kinds) == expected
