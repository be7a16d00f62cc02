"""The packet's score against its worked example, twenty labelled packets, its gates and its printed forms."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from sevline.core.packet import (
    CHANGE_AREAS,
    IMPACT_PARTS,
    PACKET,
    UNKNOWN,
    Ask,
    EvidenceItem,
    HypothesisItem,
    PacketFacts,
    PacketTable,
    Reproduced,
    Reproduction,
    TestItem,
    Verdict,
    WorkaroundState,
    as_json,
    draft,
    gates,
    guesses,
    is_pasted_log,
    markdown,
    number,
    score,
)
from sevline.core.tables import TableError, parse

EVIDENCE = tuple(
    EvidenceItem(f"E-{n}", claim, "gateway.log", "status=401", "09:00–09:30 UTC", "09:12:04 401 invalid audience")
    for n, claim in enumerate(("Every sign-in fails since 09:12", "The audience differs", "One user still works"), 1)
)
FULL = PacketFacts(
    case_ref="SEV-7",
    severity=2,
    severity_rule="SEV-R4",
    severity_inputs={"environment": "production", "degree": "D4"},
    severity_unknowns=("seats_percent",),
    component="Identity gateway",
    symptom="rejects every SAML sign-in of one tenant",
    condition="since its metadata was renewed",
    ask=Ask.FIX,
    ask_text="Accept the renewed entity id of this tenant.",
    needed_by=datetime(2026, 5, 4, 16, tzinfo=UTC),
    needed_because="payroll closes at 18:00 UTC",
    impact=dict.fromkeys(IMPACT_PARTS, UNKNOWN) | {"accounts": "1", "users": "400", "since": "2026-05-04 09:12 UTC"},
    expected="A user of the tenant is signed in.",
    actual="The gateway answers 401 invalid_audience.",
    reproduction=Reproduction(
        Reproduced.REPRODUCED,
        ("Open the sign-in page.", "Choose SSO.", "Sign in at the identity provider."),
        succeeded=5,
        runs=5,
        environment="staging",
        build="2311",
        minimal=True,
        evidence=("E-1",),
    ),
    occurred_at=(datetime(2026, 5, 4, 9, 12, 4, tzinfo=UTC), datetime(2026, 5, 4, 9, 20, tzinfo=UTC)),
    request_ids=("req-81f2",),
    tenant_id="t-4411",
    environment="production",
    error_text="401 invalid_audience",
    evidence=EVIDENCE,
    changes=dict.fromkeys(CHANGE_AREAS, "none found") | {"customer": "metadata renewed at 09:10 UTC"},
    hypotheses=(
        HypothesisItem("The audience no longer matches", "supported", ("E-2",)),
        HypothesisItem("The certificate expired", "refuted", ("E-3",)),
    ),
    tests=(TestItem("Compare the audience", "urn:a", "urn:b", "differs", ("E-2",)),),
    ruled_out=("an expired certificate",),
    suspected_component="Identity gateway",
    suspected_because="it compares the audience with the stored entity id",
    confidence="probable",
    workaround=WorkaroundState.NONE_FOUND,
    workaround_tried=("local sign-in",),
    no_telemetry_missing=True,
    search_terms=("invalid_audience",),
    redaction_clean=True,
    owner="Sam",
    contacts=("Sam, Support",),
    next_update=datetime(2026, 5, 4, 11, tzinfo=UTC),
    sources={"p4": ("E-1",), "p5": ("E-1",)},
)
STEPS_ONLY = replace(FULL.reproduction, succeeded=None, runs=None)
HALF_IMPACT = dict.fromkeys(IMPACT_PARTS[:5], UNKNOWN)
NO_QUERY = tuple(replace(item, query="") for item in EVIDENCE)
WORKED = replace(
    FULL,
    impact=HALF_IMPACT,
    reproduction=STEPS_ONLY,
    evidence=NO_QUERY,
    tests=(),
    ruled_out=(),
    no_telemetry_missing=False,
)

# The label was written beside each packet before the score was computed: True means that it may go out.
LABELLED: list[tuple[str, bool, PacketFacts]] = [
    ("everything there, Sev2", True, FULL),
    ("everything there, Sev3", True, replace(FULL, severity=3)),
    ("everything there, Sev4", True, replace(FULL, severity=4)),
    ("worked example at 74, Sev2", False, WORKED),
    ("worked example with counted runs at 81, Sev2", True, replace(WORKED, reproduction=FULL.reproduction)),
    ("the same at 81, Sev3", False, replace(WORKED, reproduction=FULL.reproduction, severity=3)),
    ("the same at 81, Sev4", False, replace(WORKED, reproduction=FULL.reproduction, severity=4)),
    ("worked example at 74, Sev1 on the gates alone", True, replace(WORKED, severity=1)),
    (
        "bare Sev1 with its gates",
        True,
        PacketFacts(
            severity=1,
            severity_rule="SEV-R3",
            tenant_id="t-1",
            environment="production",
            occurred_at=FULL.occurred_at[:1],
            error_text="503",
            redaction_clean=True,
            owner="Sam",
            next_update=FULL.next_update,
            search_terms=("503",),
        ),
    ),
    ("no tenant", False, replace(FULL, tenant_id="")),
    ("no severity rule", False, replace(FULL, severity_rule="")),
    (
        "a time without zone only",
        False,
        replace(FULL, occurred_at=(datetime(2026, 5, 4, 9, 12), datetime(2026, 5, 4, 9, 20))),  # noqa: DTZ001 - meant
    ),
    ("redaction not clean on a Sev1", False, replace(FULL, severity=1, redaction_clean=False)),
    ("no next update", False, replace(FULL, next_update=None)),
    ("known errors not searched", False, replace(FULL, search_terms=(), similar_cases=("SEV-2",))),
    ("guesses in the ask", False, replace(FULL, ask_text="We think the gateway is at fault. Fix it.")),
    ("states a cause as fact", False, replace(FULL, suspected_because="sign-in fails because the gateway is old")),
    ("security matter, complete", False, replace(FULL, security_suspected=True)),
    (
        "not reproduced, with what was tried",
        True,
        replace(FULL, reproduction=Reproduction(Reproduced.NOT_REPRODUCED, tried=("the same user on staging",))),
    ),
    (
        "no reproduction at all and half an impact at 80, Sev2",
        True,
        replace(FULL, reproduction=Reproduction(), impact=HALF_IMPACT),
    ),
    (
        "the same with raw logs pasted at 77",
        False,
        replace(FULL, reproduction=Reproduction(), impact=HALF_IMPACT, raw_logs_pasted=True),
    ),
    (
        "reproduction not applicable with a reason, Sev3",
        True,
        replace(FULL, severity=3, reproduction=Reproduction(), not_applicable={"p6": "A question about a limit"}),
    ),
    (
        "reproduction called not applicable without a reason, Sev3 at 86",
        True,
        replace(FULL, severity=3, reproduction=Reproduction(), not_applicable={"p6": " "}),
    ),
    (
        "no reproduction and no evidence, Sev2 at 74",
        False,
        replace(FULL, reproduction=Reproduction(), evidence=()),
    ),
]


def test_there_are_at_least_twenty_labelled_packets_of_both_kinds() -> None:
    labels = [label for _, label, _ in LABELLED]
    assert len(labels) >= 20
    assert min(labels.count(True), labels.count(False)) >= 8


@pytest.mark.requirement("R-092")
@pytest.mark.parametrize(("may_go", "facts"), [row[1:] for row in LABELLED], ids=[row[0] for row in LABELLED])
def test_a_labelled_packet_gets_its_label(may_go: bool, facts: PacketFacts) -> None:
    scored = score(facts)
    assert (scored.verdict is Verdict.PASSES) is may_go
    assert (not scored.objections()) is may_go


def test_a_full_packet_has_a_hundred_points() -> None:
    assert score(FULL).points == 100
    assert score(FULL).next_steps == ()


def test_the_worked_example_has_74_points_and_counting_the_runs_makes_81() -> None:
    scored = score(WORKED)
    halves = {credit.id: credit.credit for credit in scored.credits if credit.credit != 1}
    half = Fraction(1, 2)
    assert halves == {"P4": half, "P6": half, "P8": half, "P10": half, "P13": 0}
    assert (scored.points, scored.shortfall) == (Fraction(74), Fraction(6))
    assert (scored.threshold, scored.verdict) == (80, Verdict.BELOW)
    assert score(replace(WORKED, reproduction=FULL.reproduction)).points == 81


def test_the_next_points_to_win_come_first_with_their_sentence() -> None:
    steps = score(WORKED).next_steps
    assert [step.id for step in steps] == ["P6", "P4", "P8", "P10", "P13"]
    assert [int(step.to_win) for step in steps] == [7, 6, 6, 5, 2]
    assert steps[0].sentence.startswith("Give minimal numbered steps, k of n")


def test_the_refusal_names_the_missing_points_and_an_override_lifts_it() -> None:
    scored = score(WORKED)
    assert scored.objections()[0] == "The score is 74 of 80: 6 points are missing."
    assert "P6 (+7)" in scored.objections()[1]
    assert scored.objections(overridden=True) == ()


def test_a_score_just_below_the_threshold_never_reads_as_having_reached_it() -> None:
    scored = replace(score(WORKED), points=Fraction(79_955, 1000), shortfall=Fraction(45, 1000), threshold=80)

    assert scored.objections()[0] == "The score is 79.9 of 80: 0.1 points are missing."


def test_an_override_does_not_open_a_hard_gate() -> None:
    [objection] = score(replace(WORKED, tenant_id="", error_text="401")).objections(overridden=True)
    assert objection == "H1: Name the tenant and the environment."


def test_a_security_matter_is_refused_whatever_its_score() -> None:
    scored = score(replace(FULL, security_suspected=True))
    assert scored.verdict is Verdict.SECURITY
    assert "Security" in scored.objections(overridden=True)[0]


def test_what_does_not_apply_leaves_both_sides() -> None:
    lacking = replace(FULL, reproduction=Reproduction(), workaround=WorkaroundState.NOT_LOOKED_FOR)
    scored = score(replace(lacking, not_applicable={"P6": "A question about a limit"}))
    assert scored.points == Fraction(82 * 100, 86)
    assert number(scored.points) == "95.3"


def test_a_long_executive_block_costs_three_points() -> None:
    scored = score(replace(FULL, ask_text="x" * 1200))
    assert scored.points == 97
    assert "shorten them to 1200" in scored.penalties[0]


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("\n".join(["2026-11-25T09:00:01Z ERROR pool exhausted"] * 5), True),
        ("\n".join(["2026-11-25T09:00:01Z ERROR pool exhausted"] * 4), False),
        (" ".join(["2026-11-25 09:00:01,123 [http-1] ERROR pool exhausted"] * 5), True),
        ("\n".join(["I1125 09:00:01.123456 1 pool.go:7] exhausted"] * 6), True),
        ("2026-11-25 09:00:01 UTC, 2026-11-25 09:10:01 UTC, 2026-11-25 09:20:01 UTC, 09:30:01, 09:40:01", False),
        ("\n".join(f"{number}. Sign in at 09:0{number}:00" for number in range(9)), False),
        ("java.lang.IllegalStateException\n" + "\n".join(["\tat a.b.C.d(C.java:7)"] * 9), False),
    ],
)
def test_a_pasted_log_is_told_from_a_quotation_a_list_of_times_and_a_stack_trace(text: str, pasted: bool) -> None:
    assert is_pasted_log(text) is pasted


def test_big_attachments_cost_three_points() -> None:
    assert score(replace(FULL, attachment_bytes=20_000_000)).points == 100
    assert score(replace(FULL, attachment_bytes=20_000_001)).points == 97


@pytest.mark.parametrize(
    ("gate", "facts"),
    [
        ("H1", replace(FULL, environment="")),
        ("H2", replace(FULL, severity_rule="")),
        ("H3", replace(FULL, error_text="")),
        ("H3", replace(FULL, occurred_at=())),
        ("H4", replace(FULL, redaction_clean=False)),
        ("H4", replace(FULL, evidence=(replace(EVIDENCE[0], redacted=False),))),
        ("H5", replace(FULL, owner="")),
        ("H6", replace(FULL, search_terms=())),
        ("H7", replace(FULL, ask_text="This was caused by the deploy. Roll it back.")),
    ],
)
def test_a_gate_shuts_alone_with_a_sentence(gate: str, facts: PacketFacts) -> None:
    shut = [found for found in gates(facts) if not found.passed]
    assert [found.id for found in shut] == [gate]
    assert shut[0].sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("We think the problem is in our database cluster.", ["L01"]),
        ("It looks like last night's release is behind this.", ["L01"]),
        ("This should only affect a handful of accounts.", ["L01"]),
        ("The failure was caused by an expired certificate in our export service.", ["L09"]),
        ("Sign-in failure caused by pool exhaustion", ["L09"]),
        ("The outage is due to the proxy.", ["L09"]),
        ("The outage is due to end at noon.", []),
        ("We think it is the database, whether or not it was deployed.", ["L01"]),
        ("Whether it was caused by the deploy is open, but we think it is the pool.", ["L01"]),
        ("We do not yet know the cause.", []),
        ("We are investigating whether exports fail because of the deploy and have not confirmed a cause.", []),
        ("Accept the renewed entity id.", []),
        ("Return the rows; improbably many are gone.", []),
    ],
)
def test_a_guess_is_found_by_its_phrase(text: str, codes: list[str]) -> None:
    assert [guess.code for guess in guesses(text)] == codes


def test_a_confirmed_cause_may_be_stated() -> None:
    text = "The failure was caused by an expired certificate."
    assert guesses(text, cause_confirmed=True) == ()
    assert guesses("We think it was caused by rain.", cause_confirmed=True)[0].code == "L01"


@pytest.mark.requirement("R-091")
def test_a_case_with_reproduction_three_evidence_items_and_impact_prefills_most_fields_with_evidence_ids() -> None:
    case = PacketFacts(
        case_ref="SEV-7",
        severity=2,
        severity_rule="SEV-R4",
        component=FULL.component,
        symptom=FULL.symptom,
        impact=FULL.impact,
        expected=FULL.expected,
        actual=FULL.actual,
        reproduction=FULL.reproduction,
        occurred_at=FULL.occurred_at,
        tenant_id=FULL.tenant_id,
        evidence=EVIDENCE,
        changes=FULL.changes,
        hypotheses=FULL.hypotheses,
        tests=FULL.tests,
        suspected_component=FULL.suspected_component,
        search_terms=FULL.search_terms,
        workaround=FULL.workaround,
        sources={"p4": ("E-1",), "p5": ("E-1", "E-2")},
    )
    fields = draft(case)
    assert fields.prefilled >= 0.8
    assert sorted(key for key, text in fields.texts.items() if not text) == ["p13", "p2"]
    for key in ("p4", "p5", "p6", "p8", "p10"):
        assert "E-1" in fields.texts[key] or "E-2" in fields.texts[key]
    assert all(f"E-{n}: " in fields.texts["p8"] for n in (1, 2, 3))


def test_an_unknown_is_written_as_unknown() -> None:
    assert draft(FULL).texts["p4"].count("unknown") == 4


def test_a_test_without_conclusion_is_inconclusive_and_stays() -> None:
    facts = replace(FULL, tests=(*FULL.tests, TestItem("Ask again", "yes", "no")))
    assert "Test: Ask again; expected yes, actual no; inconclusive" in draft(facts).texts["p10"]


def test_markdown_keeps_the_body_order_and_shows_marks_as_they_are() -> None:
    text = markdown(replace(FULL, ask_text="Fix *this* <b>now</b> | please"), score(FULL))
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings.index("Ask") < headings.index("Impact") < headings.index("Evidence")
    assert headings.index("Hypotheses and tests") < headings.index("Change check") < headings.index("Related")
    assert headings[-1] == "Contacts and next update"
    assert r"Fix \*this\* \<b\>now\</b\> \| please" in text
    assert "| E-2 | The audience differs | gateway.log |" in text


def test_json_mirrors_the_fields_gates_score_and_version() -> None:
    document = json.loads(as_json(WORKED, score(WORKED)))
    assert {f"p{n}" for n in range(1, 15)} <= set(document)
    assert (document["score"], document["version"]) == (74.0, "packet-1")
    assert set(document["gates"]) == {f"H{n}" for n in range(1, 8)}
    assert document["credits"]["p6"] == 0.5
    assert document["evidence"][0]["id"] == "E-1"


def test_an_empty_packet_prints_and_says_what_is_not_there() -> None:
    assert markdown(PacketFacts(), score(PacketFacts())).count("Not said.") == 13
    assert score(PacketFacts()).verdict is Verdict.GATED


def test_the_points_of_the_table_add_up_to_a_hundred() -> None:
    assert sum(row.points for row in PACKET.field) == 100
    head = (
        'version = "1"\nhalf_percent = 50\nexecutive_max = 1\nexecutive_penalty = 1\n'
        "attachments_max_mb = 1\nattachments_penalty = 1\nthresholds = {}\n"
    )
    row = '[[field]]\nid = "P1"\ntitle = "T"\npoints = {points}\nfull = "{full}"\nneeds = "N."\n'
    with pytest.raises(TableError, match="add up to 100"):
        parse("packet.toml", head + row.format(points=99, full="title_complete"), PacketTable)
    with pytest.raises(TableError, match="“magic”"):
        parse("packet.toml", head + row.format(points=100, full="magic"), PacketTable)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("P2", replace(FULL, ask_text="Perhaps the gateway is at fault: look at it.")),
        ("P2", replace(FULL, needed_because="the customer probably churns, we think")),
        ("P11", replace(FULL, suspected_component="It might be the pool")),
        ("P11", replace(FULL, suspected_because="obviously it compares the audience")),
        ("P11", replace(FULL, suspected_because="The expired certificate caused the failure")),
    ],
)
def test_a_guess_in_the_ask_or_the_component_shuts_the_gate_and_names_the_field(field: str, facts: PacketFacts) -> None:
    shut = {gate.id: gate for gate in gates(facts)}["H7"]
    assert f"out of {field} " in shut.sentence
    assert shut.field == field


@pytest.mark.parametrize(
    "facts",
    [
        replace(FULL, needed_because="the payroll run is due to start at 18:00 UTC"),
        replace(FULL, impact={**FULL.impact, "business_effect": "Salaries of 400 people are due to be paid on Friday"}),
        replace(FULL, expected="The audience must be a string and the answer says clearly what went wrong"),
        replace(FULL, changes={**FULL.changes, "deploys": "none that was caused by hand"}),
    ],
)
def test_plain_facts_leave_the_gate_open(facts: PacketFacts) -> None:
    assert {gate.id for gate in gates(facts) if not gate.passed} == set()


def test_a_hypothesis_and_a_quoted_error_may_guess() -> None:
    guessing = HypothesisItem("We think the certificate expired", "open")
    facts = replace(FULL, hypotheses=(*FULL.hypotheses, guessing), error_text="login failed because of the audience")
    assert {gate.id for gate in gates(facts) if not gate.passed} == set()


def test_a_test_that_runs_is_said_to_run_and_takes_no_points_from_those_that_ended() -> None:
    facts = replace(FULL, tests=(*FULL.tests, TestItem("Ask again", "yes", conclusion="running")))
    text = draft(facts).texts["p10"]
    assert "Test: Ask again; expected yes; inconclusive: still running, nothing concluded yet" in text
    assert score(facts).points == 100


def test_a_test_that_runs_is_no_test_yet() -> None:
    running = replace(FULL, tests=(TestItem("Ask again", "yes", conclusion="running"),))
    assert {credit.id: float(credit.credit) for credit in score(running).credits}["P10"] == 0.5


def test_a_workaround_that_was_validated_after_the_rating_is_said_beside_it() -> None:
    rated = replace(FULL, severity_inputs={**FULL.severity_inputs, "workaround": "none"})
    found = replace(rated, workaround=WorkaroundState.VALIDATED, workaround_steps="Sign in locally")
    assert "Since the rating: workaround validated (P12)" in draft(found).texts["p3"]
    assert "Since the rating" not in draft(rated).texts["p3"]
    assert (
        "Since the rating"
        not in draft(replace(found, severity_inputs={"workaround": "accepted_and_validated"})).texts["p3"]
    )


def test_an_unknown_counts_when_somebody_set_it_and_not_where_nobody_was_asked() -> None:
    said = {"users": "400", "since": "09:42 UTC"}
    on_purpose = replace(FULL, impact=dict.fromkeys(IMPACT_PARTS, UNKNOWN) | said)
    unasked = replace(on_purpose, impact_unasked=frozenset(IMPACT_PARTS) - set(said))
    four = replace(on_purpose, impact_unasked=frozenset({"accounts", "regions", "feature"}))

    earned = [score(facts).credits[3].credit for facts in (on_purpose, four, unasked)]

    assert earned == [1, Fraction(1, 2), 0]
    assert draft(unasked).texts["p4"].count("unknown (nobody has said so yet)") == 5
