"""Patterns stay compiled in threads of their own, and answer as Polars does."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import polars as pl
import pytest
from polars.exceptions import ComputeError

from sevline.core.redaction import Redactor
from sevline.core.redaction.compiled import PER_THREAD, _kept, between_marks, contains, keep
from sevline.core.redaction.detector import Stage
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.plan import Group, plan_of
from tests.redaction_corpus import labelled_corpus
from tests.redaction_corpus.strangers import personal

#: A block has a line end in it, which no text of the corpora has.
HINTED = [
    group
    for group in plan_of(every_detector()).groups
    if group.hint != group.question and group.detectors[0].stage is not Stage.BLOCK
]
ROWS = pl.Series("text", ["a1", "b", None, "c22"], dtype=pl.String)


def test_a_kept_pattern_answers_as_one_that_is_not() -> None:
    keep([r"[0-9]{2}"])

    assert contains(ROWS, r"[0-9]{2}").to_list() == contains(ROWS, r"[0-9][0-9]").to_list()
    assert between_marks(ROWS, r"[0-9]{2}", "#").to_list() == ["a1", "b", None, "c#22#"]


def test_a_broken_pattern_raises_where_it_was_asked_for_and_the_thread_lives_on() -> None:
    keep(["(", "b"])

    with pytest.raises(ComputeError):
        contains(ROWS, "(")
    assert contains(ROWS, "b").to_list() == [False, True, None, False]


def test_no_thread_has_more_patterns_than_polars_keeps() -> None:
    keep([f"x{number}" for number in range(100)])
    for number in range(100):
        contains(ROWS, f"x{number}")

    shares = [list(_kept.runners.values()).count(runner) for runner in set(_kept.runners.values())]
    assert max(shares) <= PER_THREAD


def test_words_of_a_case_are_not_kept() -> None:
    assert _kept.runner("Helena|Marsh") is None


def test_many_threads_share_the_patterns() -> None:
    redactor = Redactor(bytes(32))
    texts = [f"mail {number} helena.marsh{number}@brightwater.example" for number in range(20)]

    with ThreadPoolExecutor(8) as pool:
        masked = [one.text for one in pool.map(redactor.text, texts)]

    assert masked == [redactor.text(text).text for text in texts]
    assert not any("@brightwater" in text for text in masked)


def _masked(text: str) -> str:
    return Redactor(bytes(32)).text(text).text


@pytest.mark.slow
def test_a_process_made_by_another_has_threads_of_its_own() -> None:
    text = "mail helena.marsh@brightwater.example"
    here = _masked(text)

    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(_masked, (text,)) == here


@pytest.mark.parametrize("group", HINTED)
def test_a_hint_stands_wherever_its_question_does(group: Group) -> None:
    texts = [one.text for one in (*labelled_corpus(5, labels=1500, decoys=1).labelled, *personal(6))]
    rows = pl.Series("text", texts)
    asked, hinted = contains(rows, group.question), contains(rows, group.hint)

    assert asked.any()
    assert rows.filter(asked & ~hinted).to_list() == []
