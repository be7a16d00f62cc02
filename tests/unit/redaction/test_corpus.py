"""The labelled corpus: what is found of it, and what stays. It has the same author as the detectors."""

import pytest

from sevline.core.redaction import Redactor
from tests.redaction_corpus import labelled_corpus
from tests.redaction_corpus.score import scored
from tests.unit.redaction.looking import KEY


def test_a_small_corpus_is_found_whole_and_its_decoys_stay() -> None:
    score = scored(Redactor(KEY), labelled_corpus(5, labels=1_500, decoys=1_500))
    assert score.missed == {}
    assert score.changed == 0


def test_a_small_corpus_of_encoded_values_is_found_whole() -> None:
    score = scored(Redactor(KEY), labelled_corpus(6, labels=1_500, decoys=100, encoded=True))
    assert score.missed == {}


@pytest.mark.slow
@pytest.mark.parametrize("encoded", [False, True])
def test_of_twenty_thousand_labelled_values_nearly_all_are_found(encoded: bool) -> None:
    score = scored(Redactor(KEY), labelled_corpus(11, labels=20_000, decoys=20_000, encoded=encoded))
    assert score.secrets.of + score.personal.of == 20_000
    assert score.secrets.share >= 0.995, score.missed
    assert score.personal.share >= 0.99, score.missed
    assert score.false_share <= 0.01
