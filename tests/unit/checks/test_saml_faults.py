"""Responses with one fault each and with two: every fault is named, or said to be hidden and by which."""

import random
from collections.abc import Sequence

import pytest
from tests.signon.catalogue import FAULTS
from tests.signon.draft import Draft
from tests.signon.faults import Fault, made, pairs

from sevline.core.checks import every_check
from sevline.core.finding import Finding, State, run

CHECKS = [check for check in every_check() if check.id.startswith("SAML") and check.id not in {"SAML20", "SAML21"}]
BAD = {State.FAIL, State.WARN}
PAIRS = tuple(pairs(FAULTS))
SAMPLE = random.Random(20_260_302).sample(PAIRS, 60)
#: Errors that python3-saml's check of a response can raise; RESPONSE_EXPIRED and WRONG_NUMBER_OF_SIGNATURES belong to
#: its other messages.
KINDS = frozenset(
    [
        "UNSUPPORTED_SAML_VERSION",
        "MISSING_ID",
        "WRONG_NUMBER_OF_ASSERTIONS",
        "MISSING_STATUS",
        "MISSING_STATUS_CODE",
        "STATUS_CODE_IS_NOT_SUCCESS",
        "WRONG_SIGNED_ELEMENT",
        "ID_NOT_FOUND_IN_SIGNED_ELEMENT",
        "DUPLICATED_ID_IN_SIGNED_ELEMENTS",
        "INVALID_SIGNED_ELEMENT",
        "DUPLICATED_REFERENCE_IN_SIGNED_ELEMENTS",
        "UNEXPECTED_SIGNED_ELEMENTS",
        "WRONG_NUMBER_OF_SIGNATURES_IN_RESPONSE",
        "WRONG_NUMBER_OF_SIGNATURES_IN_ASSERTION",
        "INVALID_XML_FORMAT",
        "WRONG_INRESPONSETO",
        "NO_ENCRYPTED_ASSERTION",
        "NO_ENCRYPTED_NAMEID",
        "MISSING_CONDITIONS",
        "ASSERTION_TOO_EARLY",
        "ASSERTION_EXPIRED",
        "WRONG_NUMBER_OF_AUTHSTATEMENTS",
        "NO_ATTRIBUTESTATEMENT",
        "ENCRYPTED_ATTRIBUTES",
        "WRONG_DESTINATION",
        "EMPTY_DESTINATION",
        "WRONG_AUDIENCE",
        "ISSUER_MULTIPLE_IN_RESPONSE",
        "ISSUER_NOT_FOUND_IN_ASSERTION",
        "WRONG_ISSUER",
        "SESSION_EXPIRED",
        "WRONG_SUBJECTCONFIRMATION",
        "NO_SIGNED_MESSAGE",
        "NO_SIGNED_ASSERTION",
        "NO_SIGNATURE_FOUND",
        "KEYINFO_NOT_FOUND_IN_ENCRYPTED_DATA",
        "CHILDREN_NODE_NOT_FOUND_IN_KEYINFO",
        "UNSUPPORTED_RETRIEVAL_METHOD",
        "NO_NAMEID",
        "EMPTY_NAMEID",
        "SP_NAME_QUALIFIER_NAME_MISMATCH",
        "DUPLICATED_ATTRIBUTE_NAME_FOUND",
        "INVALID_SIGNATURE",
        "AUTHN_CONTEXT_MISMATCH",
        "DEPRECATED_SIGNATURE_METHOD",
        "DEPRECATED_DIGEST_METHOD",
    ]
)


def judged(draft: Draft) -> tuple[Finding, ...]:
    return run(draft.evidence(), CHECKS)


def named(fault: Fault, findings: Sequence[Finding]) -> bool:
    told = [one.title for one in findings if one.check_id == fault.check and one.state in BAD]
    return any(fault.says in title for title in told)


def said_hidden(fault: Fault, by: Fault, findings: Sequence[Finding]) -> bool:
    """By the check that would name it, which is enough of an answer where that check names the fault that hides it."""
    told = [one for one in findings if one.check_id == fault.check and one.state is State.NOT_EVALUATED]
    return (fault.check in failing(findings) and not told) or any(
        by.check in f"{one.title} {' '.join(one.missing)}" for one in told
    )


def failing(findings: Sequence[Finding]) -> set[str]:
    return {one.check_id for one in findings if one.state is State.FAIL}


def lost(one: Fault, two: Fault) -> list[str]:
    """What of a pair was neither named nor said to be hidden, and what failed without a reason."""
    findings = judged(made(one, two))
    problems = []
    for fault, other in ((one, two), (two, one)):
        if other.hides(fault):
            problems += (
                [] if said_hidden(fault, other, findings) else [f"{fault.name}: not said to be hidden by {other.name}"]
            )
        elif not named(fault, findings):
            problems.append(f"{fault.name}: not named beside {other.name}")
    allowed = {one.check, two.check, *one.also, *two.also}
    return problems + [f"{check} fails beside {one.name} and {two.name}" for check in failing(findings) - allowed]


def test_a_healthy_response_has_no_fault() -> None:
    findings = judged(Draft())

    assert {one.state for one in findings} <= {State.PASS, State.INFO}
    assert {one.check_id for one in findings if one.state is State.PASS} >= {
        f"SAML{n:02}" for n in (1, 2, 3, 4, 12, 14)
    }


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_named_by_its_check_and_no_other_check_fails(fault: Fault) -> None:
    findings = judged(made(fault))

    assert named(fault, findings), [(one.check_id, one.state, one.title) for one in findings if one.state in BAD]
    assert failing(findings) <= {fault.check, *fault.also}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_check_that_fails_is_not_also_called_not_evaluated(fault: Fault) -> None:
    findings = judged(made(fault))
    untold = {one.check_id for one in findings if one.state is State.NOT_EVALUATED}

    assert failing(findings) & untold == set()


def test_every_kind_of_error_of_the_toolkit_is_among_the_faults() -> None:
    assert KINDS - {fault.kind for fault in FAULTS} == set()
    assert len(FAULTS) >= 40


def test_both_faults_of_a_pair_are_named_or_said_to_be_hidden() -> None:
    assert [problem for one, two in SAMPLE for problem in lost(one, two)] == []


@pytest.mark.slow
def test_both_faults_of_every_pair_are_named_or_said_to_be_hidden() -> None:
    assert [problem for one, two in PAIRS for problem in lost(one, two)] == []
