"""Whatever is tried in whatever order, the tables hold."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sevline.core import escalation
from sevline.core.case import CASE, EVENT_OF_VERB, CaseFacts, CaseStatus, replay
from sevline.core.escalation import ESCALATION, EscalationFacts, EscalationStatus
from sevline.core.lifecycle import Refused

case_verbs = st.lists(st.sampled_from([move.verb for move in CASE.moves]), max_size=30)
case_facts = st.builds(
    CaseFacts,
    has_owner=st.booleans(),
    has_next_action=st.booleans(),
    waiting_for=st.sampled_from(["", "logs"]),
    resolution_code=st.sampled_from(["", "fixed", "answered", "nonsense"]),
    cause_category=st.sampled_from(["", "data", "nonsense"]),
    resolution_summary=st.text(max_size=60),
    has_validated_fix=st.booleans(),
    reopen_reason=st.sampled_from(["", "again"]),
    merged_into=st.sampled_from(["", "SEV-1"]),
    days_since_merge=st.none() | st.floats(0, 30),
)


def walk_case(verbs: Sequence[str], facts: Sequence[CaseFacts]) -> list[tuple[str, CaseStatus]]:
    status, taken = CaseStatus.NEW, []
    for verb, fact in zip(verbs, facts, strict=False):
        try:
            status = CaseStatus(CASE.apply(verb, status, fact))
        except Refused:
            continue
        taken.append((verb, status))
    return taken


@given(case_verbs, st.lists(case_facts, min_size=30, max_size=30))
def test_replaying_the_events_gives_the_same_status(verbs: list[str], facts: list[CaseFacts]) -> None:
    taken = walk_case(verbs, facts)
    kinds = ["case.opened", *(EVENT_OF_VERB[verb] for verb, _ in taken)]
    assert replay(kinds) == ([CaseStatus.NEW] + [status for _, status in taken])[-1]


@given(case_verbs, st.lists(case_facts, min_size=30, max_size=30))
def test_closed_is_final(verbs: list[str], facts: list[CaseFacts]) -> None:
    statuses = [status for _, status in walk_case(verbs, facts)]
    assert CaseStatus.CLOSED not in statuses[:-1]


@given(st.sampled_from(CaseStatus), st.sampled_from([move.verb for move in CASE.moves]), case_facts)
def test_a_case_move_leads_on_or_is_refused_with_a_sentence(status: str, verb: str, facts: CaseFacts) -> None:
    said: tuple[str, ...] = ()
    try:
        after = CASE.apply(verb, status, facts)
    except Refused as refusal:
        after, said = status, refusal.reasons
    assert after in set(CaseStatus)
    assert (said != ()) == (after == status)
    assert all(reason.endswith(".") for reason in said)


escalation_verbs = st.lists(st.sampled_from([move.verb for move in ESCALATION.moves]), max_size=20)
free = EscalationFacts(note="See above.", action_code="repro_started", duplicate_of="KE-1", to_team="Identity")


@given(escalation_verbs)
def test_a_withdrawn_or_duplicate_escalation_stays_so(verbs: list[str]) -> None:
    status, seen = str(EscalationStatus.DRAFTED), []
    for verb in verbs:
        try:
            status = ESCALATION.apply(verb, status, free)
        except Refused:
            continue
        seen.append(status)
    assert not {"withdrawn", "duplicate"} & set(seen[:-1])


@given(st.sampled_from(sorted(escalation.REASONS)), st.sampled_from(["request_changes", "reject", "duplicate"]))
def test_an_answer_is_only_possible_with_a_code_of_its_own_effect(code: str, verb: str) -> None:
    facts = EscalationFacts(reason_code=code, note="See above.", duplicate_of="KE-1")
    try:
        status = ESCALATION.apply(verb, "submitted", facts)
    except Refused:
        status = "refused"
    assert status in {"refused", str(escalation.REASONS[code].effect)}
