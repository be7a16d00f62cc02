"""One search for the words of many patterns."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.redaction import Redactor
from sevline.core.redaction.clues import clues
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.sifting import WORTH_A_START, questions_of, sifted
from sevline.core.redaction.wordsieve import WordSieve
from tests.redaction_corpus import labelled_corpus, mixed_log

PATTERNS = (
    "AKIA", r"(?-u:\b)[0-9]{7}(?-u:\b)", r"[2-9][0-9]{0,2}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]", "(?i:pass(?:word)?)[ ]?=",
    "@", "[0-9a-f]{8}-[0-9a-f]{4}", r"(?i:k)ey[\"']{0,4}:", r"^From|end$", "ü", r"[^a-z]x[^a-z]",
)  # fmt: skip
SIEVE = WordSieve([[clues(pattern) for pattern in PATTERNS]])


def found(rows: pl.Series, number: int) -> list[bool]:
    return ((SIEVE.masks(rows) & SIEVE.bits[0][number]) != 0).tolist()


def missed(rows: pl.Series) -> list[str]:
    """The patterns with a match in a row of which the sieve does not know."""
    masks = SIEVE.masks(rows)
    return [
        pattern
        for pattern, bit in zip(PATTERNS, SIEVE.bits[0], strict=True)
        if (rows.str.contains(pattern).to_numpy() & ((masks & bit) == 0)).any()
    ]


def test_a_row_is_told_for_what_stands_in_it_alone() -> None:
    rows = pl.Series("row", ["nothing", "key AKIA here", "", "a@b", "akiA"])
    assert found(rows, 0) == [False, True, False, False, True]  # small letters count too: the pattern is asked after
    assert found(rows, 4) == [False, False, False, True, False]


def test_an_end_of_a_row_is_an_end_of_a_word() -> None:
    assert found(pl.Series("row", ["1234567", "x1234567", "12345678", "(1234567)"]), 1) == [
        True, False, False, True,
    ]  # fmt: skip


def test_a_word_that_lies_across_two_steps_of_the_search_is_found() -> None:
    long = "." * ((1 << 19) - 3)
    assert found(pl.Series("row", [f"{long}AKIA", long, f"{long}.....1234567", "AKIA"]), 0) == [
        True, False, False, True,
    ]  # fmt: skip


def test_letters_that_equal_one_of_ascii_pass_to_the_pattern() -> None:
    assert missed(pl.Series("row", ["pa\u017f\u017fword=x", "\u212aey:", "\u212aEY", "key:"])) == []


def test_no_row_gives_no_mask() -> None:
    assert SIEVE.masks(pl.Series("row", [], dtype=pl.String)).dtype == np.uint64


@given(
    st.lists(st.text(st.sampled_from("AKIaki 0123456789.@-=:\"'paswordPASWORDkeyKEYFmnd\nü\U000f0001x")), max_size=8)
)
@settings(max_examples=300, deadline=None)
def test_what_a_pattern_finds_the_sieve_never_misses(texts: list[str]) -> None:
    assert missed(pl.Series("row", texts, dtype=pl.String)) == []


@pytest.mark.slow
def test_a_long_text_is_redacted_as_its_short_parts_are() -> None:
    lines = list(mixed_log(WORTH_A_START + 100_000, seed=3))
    redactor = Redactor(bytes(32))
    parts = "\n".join(
        redactor.data("\n".join(lines[at : at + 400]).encode()).data.decode() for at in range(0, len(lines), 400)
    )
    whole = redactor.data("\n".join(lines).encode()).data.decode()
    alike = [one == other for one, other in zip(parts.split("\n"), whole.split("\n"), strict=True)]
    assert len(alike) - sum(alike) <= len(lines) // 1000  # a value is masked elsewhere in the same text as well


def test_what_a_built_in_question_asks_for_the_sieve_never_misses() -> None:
    corpus = labelled_corpus(5, labels=1500, decoys=300)
    lines = [line for one in corpus.labelled for line in one.text.split("\n")]
    rows = pl.Series("row", lines + [line.replace("a", "é").replace("1", "\U000f0001") for line in lines])
    questions = questions_of(plan_of(every_detector()).groups)
    sieve = WordSieve([[clues(pattern) for pattern in asked] for asked in questions])
    masks = sieve.masks(rows)
    wrong = [
        pattern
        for asked, bits in zip(questions, sieve.bits, strict=True)
        for pattern, bit in zip(asked, bits, strict=True)
        if (rows.str.contains(pattern).to_numpy() & ((masks & bit) == 0)).any()
    ]
    assert wrong == []


def test_each_detector_is_sifted_for() -> None:
    rows = pl.Series("row", list(mixed_log(WORTH_A_START + 100_000, seed=4)))
    plan = plan_of(every_detector())
    sieve = sifted(plan, rows)
    assert all(sieve.among(group) is not None for group in plan.groups)
