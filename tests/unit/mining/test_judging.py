"""Alternatives whose evidence falls short: decided by what they look like and where they stand."""

import numpy as np

from sevline.core.mining import judging
from sevline.core.mining.alternatives import Alternatives
from sevline.core.mining.grouping import Rules, group, tokenised

SENTENCES = [f"the scheduler moved task {name} to queue <0>" for name in ("copy_tree", "scan_disk", "mail_out")]


def seen() -> Alternatives:
    """Of the sentences above: the names of the tasks, in one context."""
    return Alternatives(
        index=np.array([4, 12, 20]),
        context=np.zeros(3, np.int64),
        new=np.ones(3, bool),
        evidence=np.array([0.9]),
        telling=np.array([4.0]),
        shared=np.ones(1),
        first=np.zeros(1, bool),
        free=False,
    )


def test_every_weight_has_a_feature_and_every_feature_a_weight() -> None:
    forms = tokenised([text.encode() for text in sorted(SENTENCES)], Rules())

    found = judging.features(forms, seen())

    assert found.keys() == judging.WEIGHTS.keys()
    assert all(values.dtype == np.int64 for values in found.values())


def test_features_do_not_depend_on_the_order_of_the_tokens_of_a_context() -> None:
    forms = tokenised([text.encode() for text in sorted(SENTENCES)], Rules())
    one = seen()
    other = Alternatives(
        one.index[::-1], one.context, one.new, one.evidence, one.telling, one.shared, one.first, one.free
    )

    found, again = judging.features(forms, one), judging.features(forms, other)

    assert {name: values.tolist() for name, values in found.items()} == {
        name: values.tolist() for name, values in again.items()
    }


def test_the_table_is_small_enough_to_read() -> None:
    assert len(judging.WEIGHTS) + 1 <= 60


def test_words_of_outcome_are_never_values_however_the_rest_is_weighed() -> None:
    texts = [f"transfer of {'the nightly archive'} to host <0> {word}".encode() for word in ("failed", "started")]
    forms = tokenised(sorted(texts), Rules())
    last = forms.start[1:] - 1
    asked = Alternatives(
        last, np.zeros(2, np.int64), np.ones(2, bool), np.ones(1), np.full(1, 9.0), np.ones(1), np.zeros(1, bool), False
    )

    assert judging.accepted(forms, asked, {}, bias=1).tolist() == [False]


def test_what_is_learned_only_adds_to_what_the_evidence_decides() -> None:
    alone = group([text.encode() for text in SENTENCES], Rules(use_learned=False))
    both = group([text.encode() for text in SENTENCES])

    assert len(both.templates) <= len(alone.templates)
