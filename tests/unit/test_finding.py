from collections.abc import Iterator

import pytest

from sevline.core.checks import every_check
from sevline.core.finding import Check, Evidence, Finding, State, inputs_of, noted, run
from tests.evidence import call, found, har, metadata, response

CITED = Evidence("a1", "/log")


@pytest.mark.parametrize("state", [State.FAIL, State.WARN, State.PASS])
def test_a_verdict_without_a_citation_is_refused(state: State) -> None:
    with pytest.raises(ValueError, match="cites at least one"):
        Finding(state, "The call failed.")


def test_what_was_not_evaluated_names_what_is_missing() -> None:
    with pytest.raises(ValueError, match="names what is missing"):
        Finding(State.NOT_EVALUATED, "Times")


@pytest.mark.parametrize("wording", ["The root cause is DNS.", "Root Cause: DNS"])
def test_no_check_claims_to_know_the_cause(wording: str) -> None:
    with pytest.raises(ValueError, match="decided by a person"):
        Finding(State.FAIL, wording, evidence=(CITED,))


@pytest.mark.parametrize("check", every_check(), ids=lambda check: check.id)
def test_every_check_says_what_it_lacks_when_there_is_no_evidence(check: Check) -> None:
    (finding,) = check.run([])

    assert finding.state is State.NOT_EVALUATED
    assert finding.check_id == check.id
    assert finding.missing
    assert finding.missing[0]
    assert finding.next_step


@pytest.mark.parametrize("check", every_check(), ids=lambda check: check.id)
def test_every_check_has_a_title_and_declares_its_inputs(check: Check) -> None:
    assert check.title
    assert check.inputs


def test_a_check_may_ask_for_evidence_only() -> None:
    def careless(name: str) -> Iterator[Finding]:
        yield noted(name)

    with pytest.raises(TypeError, match="is not evidence"):
        inputs_of(careless)


def test_all_checks_run_although_the_first_one_failed() -> None:
    broken = response(version="", status="", name_id="")

    failing = {finding.check_id for finding in run([broken], every_check()) if finding.state is State.FAIL}

    assert {"SAML02", "SAML03", "SAML10", "SAML16"} <= failing


def test_the_same_evidence_gives_the_same_findings_in_the_same_order() -> None:
    evidence = [har(call(500), call(429, after=1)), response(), metadata("idp")]

    assert run(evidence, every_check()) == run(evidence, every_check())


def test_a_failing_check_supports_its_hypothesis_and_a_passing_one_refutes_it() -> None:
    (late,) = found("SAML09", response(at=10_000))
    (timely,) = found("SAML09", response(at=0))

    assert late.supports == ("clock-skew", "expired-assertion")
    assert late.refutes == ()
    assert timely.refutes == ("clock-skew", "expired-assertion")
