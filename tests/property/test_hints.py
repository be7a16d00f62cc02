"""What is asked in place of a gate stands wherever the gate does, and what a pattern needs wherever it matches: in
texts that are made from the patterns themselves."""

import re
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sevline.core.redaction.coarse import FOLDED, coarse, coarsened
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.folded import FOLDS
from sevline.core.redaction.long_rows import letters_of
from sevline.core.redaction.needed import lowered, may_stand, needed
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.questions import WRITTEN_OR_STAND_IN
from sevline.core.redaction.secret_names import HINT
from sevline.core.redaction.views import UNMARKED, VIEWS

pytestmark = pytest.mark.slow
#: What Python writes otherwise, or not at all: the ends of a word are asked for by the pattern and not by the text.
_RUST = (("(?i-u:", "(?i:"), ("(?-u:", "(?:"), (r"\b{start-half}", ""), (r"\b{end-half}", ""), (r"\r?$", r"\r?\Z"))
#: A call's hint is the name of the call, which stands before its gate.
HINTED = [entry for entry in every_detector() if entry.hint == HINT and entry.kind != "call_argument"]


def python(pattern: str) -> re.Pattern[str]:
    for rust, ours in _RUST:
        pattern = pattern.replace(rust, ours)
    pattern = re.sub(r"\\p\{Lu\}", "A-ZÀ-Þ", re.sub(r"\\p\{L\}", "a-zà-þ", pattern))
    pattern = re.sub(r"\\x\{([0-9a-f]{2,6})\}", lambda code: chr(int(code[1], 16)), pattern)
    return re.compile(pattern, re.ASCII)


def test_pairs_share_one_hint() -> None:
    assert {"secret", "spoken_password", "named_value"} <= {entry.kind for entry in HINTED}
    assert {entry.stage for entry in HINTED} == {Stage.PAIR}


@pytest.mark.parametrize("entry", HINTED, ids=lambda entry: entry.kind)
def test_the_hint_stands_in_every_text_that_a_gate_can_match(entry: Detector) -> None:
    hint = re.compile(python(HINT).pattern)

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(python(entry.gate or entry.pattern), fullmatch=True))
    def holds(text: str) -> None:
        assert hint.search(text)

    check: Callable[[], None] = holds
    check()


@pytest.mark.parametrize("entry", every_detector(), ids=lambda entry: entry.kind)
def test_what_a_pattern_needs_stands_in_every_text_that_it_can_match(entry: Detector) -> None:
    needs = (needed(entry.gate), needed(entry.pattern))

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(python(entry.gate), fullmatch=True), st.from_regex(python(entry.pattern), fullmatch=True))
    def holds(gate: str, text: str) -> None:
        assert may_stand(needs[0], letters_of(gate))
        assert may_stand(needs[0], letters_of(gate), lowered(gate))
        assert may_stand(needs[1], letters_of(text))
        assert may_stand(needs[1], letters_of(text), lowered(text))

    check: Callable[[], None] = holds
    check()


ASKED = sorted(
    {
        pattern
        for group in plan_of(tuple(every_detector())).groups
        for pattern in (group.question, group.gate, *(one.pattern for one in group.detectors))
        if pattern
    }
    | {UNMARKED, FOLDS, WRITTEN_OR_STAND_IN, *(view.gate for view in VIEWS if view.gate)}
)
#: What may go on at the ends of a match and makes a word hexadecimal, or no word of that kind.
BESIDE = st.sampled_from(("", "1", "f0", "0a1b", "x", "_", " ", "é", "-2c"))


@pytest.mark.parametrize("pattern", ASKED, ids=range(len(ASKED)))
def test_a_patterns_coarse_form_matches_the_coarse_form_of_every_text_that_it_matches(pattern: str) -> None:
    own = coarsened(pattern)
    assert own is not None
    matched: list[int] = []

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(BESIDE, st.from_regex(python(pattern), fullmatch=True), BESIDE), min_size=1, max_size=8))
    def holds(parts: list[tuple[str, str, str]]) -> None:
        texts = pl.Series([re.sub("[\ud800-\udfff]", "", "".join(part)) for part in parts], dtype=pl.String)
        texts = texts.filter(~texts.str.contains(f"[{''.join(FOLDED)}]") & texts.str.contains(pattern))
        matched.append(len(texts))
        forms = pl.Series([coarse(text.encode()).decode() for text in texts], dtype=pl.String)
        assert forms.str.contains(own).all()

    check: Callable[[], None] = holds
    check()
    assert sum(matched) > 0
