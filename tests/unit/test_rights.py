"""Who may do what: each cell of the decision-rights table against a copy written down apart from it."""

from dataclasses import dataclass

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.rights import (
    DECISIONS,
    HOLDERS,
    ROLES,
    Code,
    DecisionRights,
    Forbidden,
    Right,
    Rights,
    Role,
    decide,
    decision_row,
    holds,
    require,
    strongest,
)
from sevline.core.tables import TableError, parse

COLUMNS = ("agent", "lead", "council", "manager", "executive", "sre_ic", "security")
EXPECTED = """
DR-01 D D X R X R R  choose_hypotheses_tests_evidence_within_policy
DR-02 R D X D X D D  start_swarm
DR-03 D D X D X D D  request_engineering_or_sre_engagement
DR-04 D D X D X R R  draft_technical_customer_message
DR-05 X D X D X R R  publish_internal_kb_or_runbook
DR-06 D D X D X D D  recommend_severity
DR-07 D D X D X D D  raise_severity_to_1_or_2
DR-08 X R X A X A A  lower_severity_from_1_or_2
DR-09 X R A R X R R  change_escalation_process
DR-10 X R A R X R R  change_severity_definitions_or_sla_interpretation
DR-11 X R A R X X X  change_broad_routing_required_fields_macros
DR-12 X R A R X R R  change_customer_facing_templates
DR-13 X D A A X X R  publish_customer_facing_kb
DR-14 X R X A A X X  exception_to_customer_commitment_or_bespoke_sla
DR-15 X R X A A X X  refund_or_service_credit_conversation
DR-16 X R X A X X A  grant_production_data_access
DR-17 X R X A X X A  grant_elevated_or_audit_sensitive_role
DR-18 X R X D X D D  break_glass_sev1
DR-19 X R X A X R R  initiate_formal_customer_incident_comms_above_threshold
DR-20 X R X X X A X  approve_public_eta
DR-21 X R X R X A A  approve_public_root_cause
DR-22 X D X A X A A  publish_workaround_to_customers
DR-23 X R X R X D R  execute_rollback_or_flag_change
DR-24 R D X D X D D  declare_incident
DR-25 X R X R X D D  command_sev1_incident_and_set_cadence
DR-26 X R R R A X R  change_legal_or_compliance_policy_data_retention_breach_comms
DR-27 X R R R A R R  purchase_vendor_or_tool
DR-28 X R X R A X X  commit_roadmap_or_contract_change
DR-29 X X X X X X X  approve_release
DR-30 X X X D A X X  final_hiring_decision
"""
CELLS = [
    (action, role, code, key)
    for action, *codes, key in map(str.split, EXPECTED.strip().splitlines())
    for role, code in zip(COLUMNS, codes, strict=True)
]


@dataclass(frozen=True)
class Someone:
    roles: frozenset[str]


def someone(*roles: str) -> Someone:
    return Someone(frozenset(roles))


def test_the_expected_table_has_210_cells() -> None:
    assert len(CELLS) == 210
    assert len(DECISIONS.action) == 30


@pytest.mark.requirement("R-244")
@pytest.mark.parametrize(("action", "role", "code", "key"), CELLS)
def test_a_role_may_what_the_table_says(action: str, role: str, code: str, key: str) -> None:
    assert decide(role, action) == code
    assert decide(role, key) == code


@pytest.mark.parametrize(
    ("person", "column"),
    [
        ("agent", "agent"),
        ("lead", "lead"),
        ("shift_lead", "lead"),
        ("support_manager", "manager"),
        ("director", "executive"),
        ("sre_ic", "sre_ic"),
        ("security", "security"),
    ],
)
def test_a_role_of_a_person_speaks_through_its_column(person: str, column: str) -> None:
    assert [decide(person, row.id) for row in DECISIONS.action] == [decide(column, row.id) for row in DECISIONS.action]


@pytest.mark.parametrize("role", sorted(set(Role) - set(DECISIONS.columns)))
def test_a_role_without_a_column_decides_nothing(role: str) -> None:
    assert {decide(role, row.id) for row in DECISIONS.action} == {Code.NONE}


@pytest.mark.parametrize(("role", "action"), [("lead", "paint_the_office"), ("wizard", "DR-01"), ("", "")])
def test_what_the_table_does_not_name_is_denied(role: str, action: str) -> None:
    assert decide(role, action) is Code.NONE
    assert decision_row("paint_the_office") is None


def test_a_regulated_profile_changes_its_rows_only() -> None:
    assert decide("lead", "DR-13", profile="regulated") is Code.RECOMMEND
    assert decide("security", "DR-13", profile="regulated") is Code.APPROVE
    assert decide("manager", "DR-13", profile="regulated") is Code.APPROVE
    assert decide("lead", "DR-12", profile="regulated") is decide("lead", "DR-12")


def test_separate_duties_and_quorum_are_kept() -> None:
    lowering = next(row for row in DECISIONS.action if row.id == "DR-08")
    assert (lowering.separate_duties, lowering.needs) == (True, ("evidence", "customer_notice"))
    assert [row.id for row in DECISIONS.action if row.separate_duties] == ["DR-08", "DR-14", "DR-15", "DR-16", "DR-17"]
    assert [row.id for row in DECISIONS.action if row.quorum == 2] == ["DR-09", "DR-10", "DR-17"]


def test_the_strongest_of_several_roles_counts() -> None:
    assert strongest(["agent", "support_manager"], "DR-08") is Code.APPROVE
    assert strongest([], "DR-01") is Code.NONE


def test_there_are_seventeen_roles() -> None:
    assert len(ROLES) == 17


def test_each_right_is_held_by_somebody_and_by_no_customer() -> None:
    assert set(HOLDERS) == set(Right)
    assert all(HOLDERS.values())
    assert not [right for right, roles in HOLDERS.items() if Role.CUSTOMER in roles]


def test_only_engineering_answers_an_escalation() -> None:
    assert HOLDERS[Right.ESCALATION_ANSWER] == {Role.ENGINEER, Role.SRE_IC}


def test_a_refusal_says_what_may_not_be_done_who_may_and_what_to_do() -> None:
    with pytest.raises(Forbidden) as refusal:
        require(someone("agent"), Right.PACKET_OVERRIDE)
    [sentence] = refusal.value.reasons
    assert sentence == (
        "Your roles do not let you send a packet below its threshold. Lead, shift lead and support manager may. "
        "Ask one of them, or an administrator to give you such a role."
    )
    assert refusal.value.right is Right.PACKET_OVERRIDE
    assert isinstance(refusal.value, Refused)


def test_one_fitting_role_is_enough() -> None:
    require(someone("viewer", "lead"), Right.PACKET_OVERRIDE)
    assert holds(someone("lead"), Right.PACKET_OVERRIDE)


@pytest.mark.parametrize("right", list(Right))
def test_no_role_means_no_right(right: Right) -> None:
    assert not holds(someone(), right)
    assert not holds(someone("owner_of_everything"), right)


def test_a_viewer_only_looks() -> None:
    held = {right for right in Right if Role.VIEWER in HOLDERS[right]}
    assert all(right.endswith(".view") for right in held)


def test_a_table_that_forgets_a_right_is_refused() -> None:
    text = 'version = "1"\n[[right]]\nkey = "case.open"\nmay = "open a case"\nroles = ["agent"]'
    with pytest.raises(TableError, match="has no row"):
        parse("rights.toml", text, Rights)


def test_a_table_that_names_an_unknown_role_is_refused() -> None:
    text = 'version = "1"\n[[right]]\nkey = "case.open"\nmay = "open a case"\nroles = ["wizard"]'
    with pytest.raises(TableError, match="wizard"):
        parse("rights.toml", text, Rights)


def test_a_decision_without_a_code_for_each_column_is_refused() -> None:
    text = """
    version = "1"
    roles = ["agent", "lead"]
    columns = {}
    [[action]]
    id = "DR-01"
    key = "think"
    title = "think about it"
    rights = { agent = "D" }
    """
    with pytest.raises(TableError, match="DR-01 must have a code for each of agent, lead"):
        parse("decision_rights.toml", text, DecisionRights)
