"""A packet is made from what the case holds; what a case does not hold is not made up."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from sevline.cases import actions as cases
from sevline.cases.models import Case, CaseFact
from sevline.core import packet as core
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.diagnosis import actions as diagnosis
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation, PacketVersion
from sevline.platform import clock
from sevline.platform.models import Conflict, Event
from tests import make
from tests.cast import cast
from tests.context.escalations import story

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.requirement("R-091")
def test_a_case_with_reproduction_three_files_and_impact_fills_most_fields_and_every_claim_names_its_evidence() -> None:
    case = story.worked_case(rests_on=("E-1", "E-2", "E-3"))

    escalation = actions.draft(case.key, by=cast().sam)

    facts = selectors.facts_of(escalation)
    texts = core.draft(facts).texts
    known = {item.id for item in facts.evidence}
    assert core.draft(facts).prefilled >= 0.8
    assert [key for key, text in texts.items() if not text] == ["p2"]
    assert {"E-1", "E-2", "E-3"} < known
    for claim in ("p4", "p5", "p6", "p7", "p10", "p11"):
        assert any(f"{key}]" in texts[claim] or f"{key}," in texts[claim] for key in known), claim


@pytest.mark.requirement("R-040")
def test_a_packet_holds_all_five_tests_expected_beside_actual_and_one_without_conclusion_is_inconclusive() -> None:
    case, sam = story.plain_case(), cast().sam
    outcomes = [
        ("supports", "yes"),
        ("refutes", "no"),
        ("supports", "yes"),
        ("inconclusive", "a mix"),
    ]
    with clock.held_at(story.after(20)):
        for number, (conclusion, actual) in enumerate(outcomes, 1):
            diagnosis.propose(
                case.key, by=sam, statement=f"Guess {number}", predicts="It fails", refuted_if="It does not"
            )
            diagnosis.start_test(
                case.key,
                by=sam,
                purpose=f"Try {number}",
                steps="Call it",
                expected=f"answer {number}",
                hypothesis=number,
            )
            diagnosis.conclude_test(case.key, number, by=sam, actual=f"{actual} {number}", conclusion=conclusion)
        diagnosis.start_test(case.key, by=sam, purpose="Try 5", steps="Call it", expected="answer 5")

    escalation = actions.draft(case.key, by=sam)

    text = core.draft(selectors.facts_of(escalation)).texts["p10"]
    for number, (conclusion, actual) in enumerate(outcomes, 1):
        assert f"Test: Try {number}; expected answer {number}, actual {actual} {number}; {conclusion}" in text
    assert "Test: Try 5; expected answer 5; inconclusive: still running, nothing concluded yet" in text
    assert text.count("Test: ") == 5


def test_the_draft_of_a_well_worked_sev2_passes_the_gate_once_the_ask_is_written() -> None:
    case = story.worked_case()

    escalation = actions.draft(case.key, by=cast().sam)
    _, untouched = selectors.packet(escalation)
    escalation = actions.edit(escalation.key, by=cast().sam, texts=story.ASK)
    _, asked = selectors.packet(escalation)

    assert untouched.points >= 80
    assert [gate.id for gate in untouched.gates if not gate.passed] == []
    assert asked.points == untouched.points + 3
    assert asked.verdict is core.Verdict.PASSES


@pytest.mark.slow
def test_a_log_without_a_quotation_of_its_own_is_quoted_by_its_most_frequent_error() -> None:
    case = story.plain_case()
    story.attached(case)

    facts = selectors.facts_of(actions.draft(case.key, by=cast().sam))

    gateway = next(item for item in facts.evidence if item.source == "gateway.log")
    assert "2 times" in gateway.claim
    assert "audience does not match" in gateway.excerpt
    assert gateway.window == "2026-11-16 09:42:01 to 2026-11-16 09:58:12 UTC"


@pytest.mark.slow
def test_how_a_log_without_errors_begins_is_no_evidence_of_the_fault() -> None:
    case = story.plain_case()
    story.attached(case)

    facts = selectors.facts_of(actions.draft(case.key, by=cast().sam))

    assert [item.source for item in facts.evidence if item.query.startswith("first ")] == []
    assert "M-1" in {item.id for item in facts.evidence}


def test_a_case_on_which_nobody_worked_gets_no_credit_for_it() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)

    _, score = selectors.packet(escalation)

    credit = {found.id: float(found.credit) for found in score.credits}
    assert {key: credit[key] for key in ("P5", "P6", "P9", "P10", "P11", "P12", "P13", "P14")} == dict.fromkeys(
        ("P5", "P6", "P9", "P10", "P11", "P12", "P13", "P14"), 0.0
    )
    assert credit["P8"] == 0.5


def test_what_is_written_on_the_packet_stands_over_the_case_and_an_empty_text_takes_the_case_again() -> None:
    escalation, sam = story.drafted(), cast().sam

    actions.edit(escalation.key, by=sam, texts={"expected": "A session starts"})
    written = selectors.facts_of(Escalation.objects.get(pk=escalation.pk)).expected
    actions.edit(escalation.key, by=sam, texts={"expected": ""})

    assert written == "A session starts"
    assert selectors.facts_of(Escalation.objects.get(pk=escalation.pk)).expected == "The user is signed in"


def test_what_is_typed_on_a_packet_is_redacted_before_it_is_kept() -> None:
    escalation = story.drafted()

    actions.edit(escalation.key, by=cast().sam, texts={"actual": "helen@brightwater.example gets 401"})

    kept = Escalation.objects.get(pk=escalation.pk).fields["actual"]
    assert "helen@" not in kept
    assert kept.endswith("gets 401")


def test_a_field_that_does_not_apply_leaves_the_sum_with_its_reason() -> None:
    escalation = story.drafted()

    actions.edit(escalation.key, by=cast().lea, texts={}, not_applicable={"p13": "The gateway logs everything"})

    facts, score = selectors.packet(Escalation.objects.get(pk=escalation.pk))
    assert score.credits[12].not_applicable == "The gateway logs everything"
    assert "Not applicable: The gateway logs everything" in core.markdown(facts, score)


def test_a_field_rests_on_evidence_that_the_case_has_and_on_no_other() -> None:
    escalation = story.drafted()

    with pytest.raises(Refused, match="has no evidence E-9"):
        actions.edit(escalation.key, by=cast().sam, texts={}, sources={"p9": ["E-9"]})


@pytest.mark.parametrize(("texts", "not_applicable"), [({"p99": "x"}, None), ({}, {"P15": "x"})])
def test_a_field_that_the_packet_does_not_have_is_refused(
    texts: dict[str, str], not_applicable: dict[str, str] | None
) -> None:
    escalation = story.drafted()

    with pytest.raises(Refused, match="has no field"):
        actions.edit(escalation.key, by=cast().sam, texts=texts, not_applicable=not_applicable)


def test_a_needed_by_in_the_past_is_refused() -> None:
    escalation = story.drafted()

    with clock.held_at(story.after(60)), pytest.raises(Refused, match="lies in the past"):
        actions.edit(escalation.key, by=cast().sam, texts={}, needed_by=story.after(59))


def test_the_second_of_two_people_who_edit_at_once_overwrites_nothing() -> None:
    escalation, seen = story.drafted(), 2
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "A session starts"}, seen_version=seen)

    with pytest.raises(Conflict):
        actions.edit(escalation.key, by=cast().ines, texts={"expected": "Something else"}, seen_version=seen)

    assert Escalation.objects.get(pk=escalation.pk).fields["expected"] == "A session starts"


def test_an_answer_of_engineering_makes_nobodys_form_stale() -> None:
    escalation = story.sent()
    seen = Escalation.objects.get(pk=escalation.pk).version

    actions.acknowledge(escalation.key, by=cast().ravi)
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "A session starts"}, seen_version=seen)

    assert Escalation.objects.get(pk=escalation.pk).version == seen + 1


def test_a_case_has_one_open_escalation_at_a_time() -> None:
    case = story.plain_case()

    assert actions.draft(case.key, by=cast().sam) == actions.draft(case.key, by=cast().lea)
    assert Escalation.objects.count() == 1


def test_a_version_that_was_sent_stays_as_it_was_and_its_hash_is_that_of_the_copy() -> None:
    escalation = story.sent()
    version = PacketVersion.objects.get()
    before = (version.document, version.markdown, version.sha256)

    actions.request_changes(escalation.key, by=cast().ravi, reason_code="R03", note="Say who is affected.")
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "A session starts"})
    actions.submit(escalation.key, by=cast().sam)

    version.refresh_from_db()
    assert (version.document, version.markdown, version.sha256) == before
    assert hashlib.sha256(version.document.encode()).hexdigest() == version.sha256
    assert list(PacketVersion.objects.values_list("number", flat=True)) == [2, 1]
    assert Event.objects.filter(kind="escalation.submitted").get().data["packet_sha256"] == version.sha256


def test_the_document_mirrors_the_fields_the_gates_and_the_score() -> None:
    story.sent()

    document = json.loads(PacketVersion.objects.get().document)

    assert {f"p{n}" for n in range(1, 15)} | {"gates", "score", "version"} <= set(document)
    assert document["p2"].startswith(
        "Fix: Accept the renewed entity id of this tenant. Needed by 2026-11-16 17:00:00 UTC"
    )


@pytest.mark.parametrize("who", ["eve", "ada", "vic", "ravi"])
def test_who_may_not_see_the_case_or_edit_packets_gets_nothing(who: str) -> None:
    escalation = story.drafted()

    with pytest.raises((Refused, Forbidden)):
        actions.edit(escalation.key, by=getattr(cast(), who), texts={"expected": "x"})

    assert "x" not in Escalation.objects.get(pk=escalation.pk).fields.values()


def test_the_packet_says_that_a_person_set_the_severity() -> None:
    case = story.plain_case(3)
    with clock.held_at(story.after(6)):
        cases.change_severity(case.key, by=cast().sam, severity=1, reason="A second region reports it.")
        escalation = actions.draft(case.key, by=cast().sam)

    first = core.draft(selectors.facts_of(escalation)).texts["p3"].splitlines()[0]
    assert first == "Sev1 set by Sam Okafor: A second region reports it; the table says Sev3 by SEV-R8"


def test_the_unknowns_of_a_new_case_earn_nothing_until_somebody_saves_the_impact_card() -> None:
    case, sam = make.case(severity=2), cast().sam
    escalation = actions.draft(case.key, by=sam)

    _, before = selectors.packet(Escalation.objects.get(pk=escalation.pk))
    cases.set_impact(case.key, by=sam, impact={"users": "400", "started": "09:42 UTC"})
    _, after = selectors.packet(Escalation.objects.get(pk=escalation.pk))

    assert [float(score.credits[3].credit) for score in (before, after)] == [0.0, 1.0]


@pytest.mark.slow
def test_only_what_people_said_and_error_records_are_occurrences() -> None:
    case = make.case(severity=2, text="It failed at 2026-11-16T09:42:00Z for tenant_id=tn_48213.")
    Case.objects.filter(pk=case.pk).update(environment=make.environment())
    story.attached(case)
    not_after = datetime(2027, 1, 1, tzinfo=UTC)
    CaseFact.objects.create(case=case, kind="timestamp", value="2027-01-01T00:00:00Z", source="E-2", instant=not_after)

    facts = selectors.facts_of(actions.draft(case.key, by=cast().sam))

    assert [f"{at:%H:%M:%S}" for at in facts.occurred_at] == ["09:42:00", "09:42:01", "09:58:12"]


def test_a_tenant_that_the_ticket_names_stands_beside_that_of_the_environment_with_its_source() -> None:
    case = make.case(severity=2, text="It failed at 2026-11-16T09:42:00Z for tenant_id=tn_48213.")
    Case.objects.filter(pk=case.pk).update(environment=make.environment())

    text = core.draft(selectors.facts_of(actions.draft(case.key, by=cast().sam))).texts["p7"]

    assert f"Tenant: {make.environment().tenant} (the environment of the case); also named: tn_48213 [M-" in text
    assert "Not confirmed which one is meant" in text
