"""The severity table against its 24 worked examples, and who may change a severity."""

from dataclasses import asdict, fields, replace

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.core.severity import (
    Change,
    DataEffect,
    Deadline,
    Degree,
    Environment,
    Journey,
    Lowering,
    SeverityAnswers,
    Workaround,
    approve_lowering,
    gap_needs_explanation,
    kept_answers,
    may_change,
    rate,
)

# A production case of one small account with nothing known to be wrong; each example says what differs.
CALM = SeverityAnswers(
    environment=Environment.PRODUCTION,
    journey=Journey.CRITICAL,
    degree=Degree.MINOR,
    accounts_percent=0.1,
    seats_percent=0.1,
    data_effect=DataEffect.NONE,
    workaround=Workaround.NONE,
    deadline=Deadline.NONE,
)
DOWN = replace(CALM, degree=Degree.UNAVAILABLE)
SIDE = replace(CALM, journey=Journey.OTHER)
STAGING = replace(CALM, environment=Environment.NON_PRODUCTION)

EXAMPLES = [
    ("all users get 503 on sign-in, 38 % of accounts", replace(DOWN, accounts_percent=38), "SEV-R3", 1),
    ("API down in the EU, 14 % of accounts", replace(DOWN, accounts_percent=14), "SEV-R3", 1),
    (
        "a user sees another tenant's invoice",
        replace(SIDE, data_effect=DataEffect.DISCLOSURE_CONFIRMED),
        "SEV-R1",
        1,
    ),
    (
        "a sync job overwrites records right now, one account",
        replace(CALM, data_effect=DataEffect.CONFIRMED_ONGOING),
        "SEV-R2",
        1,
    ),
    (
        "a leaked admin token is used from an unknown country",
        replace(CALM, data_effect=DataEffect.DISCLOSURE_SUSPECTED),
        "SEV-R1",
        1,
    ),
    ("one customer with 12 % of seats cannot sign in", replace(DOWN, seats_percent=12), "SEV-R3", 1),
    ("SSO fails for all of one account, 0.3 % of seats", replace(DOWN, seats_percent=0.3), "SEV-R4", 2),
    ("webhooks not delivered to one account for 3 h", DOWN, "SEV-R4", 2),
    (
        "18 % of API writes answer 500, 6 % of accounts",
        replace(CALM, degree=Degree.SEVERE, accounts_percent=6),
        "SEV-R5",
        2,
    ),
    (
        "p95 six times its baseline, 3 % of accounts",
        replace(CALM, degree=Degree.SEVERE, accounts_percent=3),
        "SEV-R5",
        2,
    ),
    ("counts differ, loss suspected", replace(CALM, data_effect=DataEffect.SUSPECTED), "SEV-R6", 2),
    (
        "a nightly job deleted rows, stopped and restorable",
        replace(CALM, data_effect=DataEffect.CONFIRMED_STOPPED),
        "SEV-R6",
        2,
    ),
    (
        "export fails, payroll due in 6 h",
        replace(SIDE, degree=Degree.UNAVAILABLE, deadline=Deadline.WITHIN_24_HOURS),
        "SEV-R7",
        2,
    ),
    (
        "go-live tomorrow, staging SCIM fully down",
        replace(STAGING, degree=Degree.UNAVAILABLE, deadline=Deadline.WITHIN_24_HOURS),
        "SEV-R7",
        2,
    ),
    (
        "SSO fails for one account, local sign-in accepted and tested",
        replace(DOWN, workaround=Workaround.VALIDATED),
        "SEV-R8",
        3,
    ),
    ("critical API p95 2.5 times, one account", replace(CALM, degree=Degree.DEGRADED), "SEV-R8", 3),
    (
        "report builder down for all",
        replace(SIDE, degree=Degree.UNAVAILABLE, accounts_percent=100, seats_percent=100),
        "SEV-R8",
        3,
    ),
    ("3 % of webhook deliveries late, no loss", replace(CALM, degree=Degree.DEGRADED), "SEV-R8", 3),
    (
        "staging down, go-live in 4 business days",
        replace(STAGING, degree=Degree.UNAVAILABLE, deadline=Deadline.GO_LIVE_WITHIN_5_DAYS),
        "SEV-R9",
        3,
    ),
    ("sandbox slow, no date", replace(STAGING, degree=Degree.DEGRADED), "SEV-R10", 4),
    ("how to rotate an API key", SIDE, "SEV-R10", 4),
    ("label misaligned in one browser", SIDE, "SEV-R10", 4),
    ("the customer says critical: another CSV column order", SIDE, "SEV-R10", 4),
    (
        "sign-in fails, scope not yet known",
        replace(DOWN, accounts_percent=None, seats_percent=None),
        "SEV-R3",
        1,
    ),
]


def test_there_are_24_examples() -> None:
    assert len(EXAMPLES) == 24


@pytest.mark.requirement("R-017")
@pytest.mark.parametrize(
    ("answers", "rule", "severity"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES]
)
def test_an_example_gets_its_severity_by_its_rule(answers: SeverityAnswers, rule: str, severity: int) -> None:
    rating = rate(answers)
    assert (rating.rule, rating.severity) == (rule, severity)
    assert rating.version == "severity-1"


@pytest.mark.requirement("R-019")
def test_an_unknown_scope_is_sev1_until_one_account_is_confirmed() -> None:
    unknown = replace(DOWN, accounts_percent=None, seats_percent=None)
    rating = rate(unknown)
    assert (rating.severity, rating.rule) == (1, "SEV-R3")
    assert rating.unknowns == ("accounts_percent", "seats_percent")
    assert rating.assumed == ("every account", "every seat")
    assert rating.review_minutes == 30
    confirmed = rate(replace(unknown, accounts_percent=0.1, seats_percent=0.4))
    assert (confirmed.severity, confirmed.rule, confirmed.unknowns) == (2, "SEV-R4", ())


def test_the_last_example_becomes_r4_when_reach_is_confirmed() -> None:
    rating = rate(replace(EXAMPLES[23][1], accounts_percent=9.9, seats_percent=9.9))
    assert (rating.severity, rating.rule) == (2, "SEV-R4")


def test_ten_percent_is_wide() -> None:
    assert rate(replace(DOWN, accounts_percent=10)).rule == "SEV-R3"


def test_a_validated_workaround_lowers_r3_to_sev2() -> None:
    wide = replace(DOWN, accounts_percent=38)
    lowered = rate(replace(wide, workaround=Workaround.VALIDATED))
    assert (lowered.severity, lowered.rule, lowered.modifiers) == (2, "SEV-R3", ("M-W",))
    assert rate(replace(wide, workaround=Workaround.ACCEPTED)).severity == 1


@pytest.mark.parametrize(
    "effect",
    [
        DataEffect.DISCLOSURE_CONFIRMED,
        DataEffect.DISCLOSURE_SUSPECTED,
        DataEffect.CONFIRMED_ONGOING,
        DataEffect.SUSPECTED,
        DataEffect.CONFIRMED_STOPPED,
    ],
)
def test_no_workaround_lowers_a_data_effect(effect: DataEffect) -> None:
    harmed = replace(CALM, data_effect=effect)
    assert rate(replace(harmed, workaround=Workaround.VALIDATED)).severity == rate(harmed).severity


def test_only_disclosure_takes_the_security_route() -> None:
    assert rate(replace(CALM, data_effect=DataEffect.DISCLOSURE_SUSPECTED)).security_route
    assert not rate(replace(CALM, data_effect=DataEffect.CONFIRMED_ONGOING)).security_route


def test_an_unknown_data_effect_is_suspected_loss_and_not_disclosure() -> None:
    rating = rate(replace(CALM, data_effect=DataEffect.UNKNOWN))
    assert (rating.rule, rating.assumed, rating.security_route) == ("SEV-R6", ("data loss suspected",), False)


def test_nothing_known_is_the_worst() -> None:
    rating = rate(SeverityAnswers())
    assert rating.severity == 1
    assert len(rating.unknowns) == 8


def test_a_workaround_does_not_raise_a_minor_effect() -> None:
    assert rate(replace(CALM, workaround=Workaround.ACCEPTED)).severity == rate(CALM).severity == 4


def test_the_customer_is_no_input() -> None:
    assert not [field.name for field in fields(SeverityAnswers) if "customer" in field.name or "tier" in field.name]


@pytest.mark.parametrize("percent", [-0.1, 100.1])
def test_a_share_outside_0_to_100_is_refused(percent: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 100"):
        replace(CALM, accounts_percent=percent)


def test_an_agent_raises_at_once() -> None:
    assert may_change(3, 1, ["agent"]) is Change.AT_ONCE
    assert may_change(None, 2, ["agent"]) is Change.AT_ONCE


@pytest.mark.parametrize("role", ["agent", "lead", "support_manager", "sre_ic"])
def test_lowering_sev1_waits_for_approval_whoever_asks(role: str) -> None:
    assert may_change(1, 3, [role]) is Change.WITH_APPROVAL


def test_sev3_and_sev4_change_freely() -> None:
    assert may_change(3, 4, ["agent"]) is Change.AT_ONCE


def test_a_viewer_changes_nothing() -> None:
    with pytest.raises(Forbidden, match="Agent, lead"):
        may_change(3, 1, ["viewer"])


REQUEST = Lowering("SEV-R3", requested_by="sam", evidence="E-4", customer_notice="Told on 4 May, 10:20 UTC")


@pytest.mark.parametrize("role", ["support_manager", "sre_ic"])
def test_a_manager_or_the_ic_approves_lowering(role: str) -> None:
    approve_lowering(REQUEST, approver="mia", roles=[role])
    with pytest.raises(Refused) as refusal:
        approve_lowering(replace(REQUEST, evidence="", customer_notice=" "), approver="mia", roles=[role])
    assert len(refusal.value.reasons) == 2


@pytest.mark.parametrize("roles", [["agent"], ["lead"], ["director"], []])
def test_others_do_not_approve_lowering(roles: list[str]) -> None:
    with pytest.raises(Forbidden, match="Support manager"):
        approve_lowering(REQUEST, approver="lea", roles=roles)


def test_nobody_approves_their_own_request() -> None:
    with pytest.raises(Forbidden, match="own request"):
        approve_lowering(REQUEST, approver="sam", roles=["support_manager"])


def test_security_approves_only_its_own_rule() -> None:
    approve_lowering(replace(REQUEST, rule="SEV-R1"), approver="zoe", roles=["security"])
    with pytest.raises(Forbidden, match="SEV-R1"):
        approve_lowering(REQUEST, approver="zoe", roles=["security"])


@pytest.mark.parametrize(
    ("customer", "assessed", "needed"),
    [(1, 3, True), (1, 2, False), (4, 2, True), (None, 3, False), (1, None, False)],
)
def test_a_gap_of_two_levels_needs_an_explanation(customer: int | None, assessed: int | None, needed: bool) -> None:
    assert gap_needs_explanation(customer, assessed) is needed


@pytest.mark.parametrize("answers", [SeverityAnswers(), replace(STAGING, degree=Degree.DEGRADED), SIDE])
def test_kept_answers_read_back_as_they_were_given(answers: SeverityAnswers) -> None:
    kept = {name: "unknown" if value is None else str(value) for name, value in asdict(answers).items()}

    assert kept_answers(kept) == answers


def test_a_kept_answer_that_is_no_choice_any_more_is_unknown() -> None:
    assert kept_answers({"degree": "D9"}) == SeverityAnswers()
