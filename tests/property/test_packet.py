"""Scores stay in bounds, saying more never costs points, and printing never fails."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sevline.core.packet import (
    IMPACT_PARTS,
    Ask,
    EvidenceItem,
    PacketFacts,
    Reproduced,
    Reproduction,
    Verdict,
    WorkaroundState,
    as_json,
    guesses,
    markdown,
    score,
)

words = st.text(max_size=40)
some = st.lists(words, max_size=3).map(tuple)
facts = st.builds(
    PacketFacts,
    severity=st.integers(1, 4),
    severity_rule=st.sampled_from(["", "SEV-R4"]),
    severity_inputs=st.dictionaries(words, words, max_size=2),
    severity_unknowns=st.none() | some,
    component=words,
    symptom=words,
    condition=words,
    ask=st.none() | st.sampled_from(Ask),
    ask_text=words,
    impact=st.dictionaries(st.sampled_from(IMPACT_PARTS), words),
    expected=words,
    actual=words,
    reproduction=st.builds(
        Reproduction, state=st.none() | st.sampled_from(Reproduced), steps=some, tried=some, minimal=st.booleans()
    ),
    request_ids=some,
    tenant_id=words,
    evidence=st.lists(st.builds(EvidenceItem, id=words, claim=words, excerpt=words), max_size=2).map(tuple),
    workaround=st.sampled_from(WorkaroundState),
    search_terms=some,
    not_applicable=st.dictionaries(st.sampled_from([f"p{n}" for n in range(1, 15)]), words, max_size=14),
)


@given(facts)
def test_a_score_lies_between_0_and_100_and_has_an_objection_or_passes(packet: PacketFacts) -> None:
    scored = score(packet)
    assert 0 <= scored.points <= 100
    assert bool(scored.objections()) == (scored.verdict is not Verdict.PASSES)


@given(facts)
def test_the_points_and_what_can_be_won_make_a_hundred(packet: PacketFacts) -> None:
    scored = score(replace(packet, not_applicable={}))
    lost = 3 * len(scored.penalties)
    assert scored.points == max(0, 100 - lost - sum(step.to_win for step in scored.next_steps))


@given(facts, words.filter(str.strip))
def test_filling_the_impact_never_costs_points(packet: PacketFacts, word: str) -> None:
    filled = replace(packet, impact=dict.fromkeys(IMPACT_PARTS, word))
    assert score(filled).points >= score(packet).points


@given(facts)
def test_every_packet_prints(packet: PacketFacts) -> None:
    scored = score(packet)
    assert markdown(packet, scored).startswith("# ")
    assert json.loads(as_json(packet, scored))["version"] == scored.version


@given(st.text())
def test_any_text_can_be_searched_for_guesses(text: str) -> None:
    assert all(guess.code in {"L01", "L09"} for guess in guesses(text))
