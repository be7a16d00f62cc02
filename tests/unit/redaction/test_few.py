"""That a short text is asked no question whose answer its words and characters tell, and is masked as any other."""

from random import Random

import polars as pl
import pytest

from sevline.core.redaction import Redactor, few
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.few import MOST, FewRows
from sevline.core.redaction.needed import lowered, may_stand, needed
from tests.redaction_corpus import labelled_corpus
from tests.redaction_corpus.strangers import personal, secrets

KEY = bytes(range(32))
MADE = [one.text for one in labelled_corpus(5, labels=600, decoys=0).labelled]
ENCODED = [one.text for one in labelled_corpus(6, labels=300, decoys=0, encoded=True).labelled]
STRANGERS = [one.text for one in (*secrets(8), *personal(8))]


def each_by_itself(texts: list[str]) -> list[str]:
    redactor = Redactor(KEY, regions=["DE", "GB"])
    return [redactor.text(text).text for text in texts]


@pytest.mark.parametrize(
    ("pattern", "holds", "holds_not"),
    [
        ("secret", "a SECRET is", "a secre t"),
        ("(?i:key)", "KEY", "k e y"),
        ("(?i:key)", "\u212aEY", "k e y"),
        ("(?i-u:secret|token)=", "=toKEN", "=secre"),
        ("(?i:pass)", "pa\u017fs", "p ass"),
        ("pass?port", "paport pas", "pas prt"),
        ("(?:my)?word", "word", "w ord"),
        ("(?:ab|cd){2}", "cd", "ac"),
        (r"\bkey\b[0-9]", "key 1", "ke 1"),
        (r"\x41bc", "A bc", "Abd"),
    ],
)
def test_a_pattern_needs_its_words_in_any_case(pattern: str, holds: str, holds_not: str) -> None:
    assert may_stand(needed(pattern), (2 << 128) - 1, lowered(holds))
    assert not may_stand(needed(pattern), (2 << 128) - 1, lowered(holds_not))


def test_most_detectors_can_find_nothing_in_what_people_write_in_a_form() -> None:
    written = FewRows("The order of Tuesday fails with a timeout since 10:40, for all users in the EU region.")

    asked = [entry.kind for entry in every_detector() if written.may_hold([entry])]

    assert len(asked) < len(every_detector()) // 5


def test_a_text_of_many_characters_is_not_looked_through() -> None:
    assert FewRows.of_text("a" * MOST) is not None
    assert FewRows.of_text("a" * (MOST + 1)) is None
    assert FewRows.of(pl.Series(["a"] * MOST)) is not None
    assert FewRows.of(pl.Series([""] * (MOST + 1))) is None


@pytest.mark.parametrize(
    "texts",
    [
        Random(1).sample(STRANGERS, 20),
        Random(1).sample(MADE, 15),
        Random(1).sample(ENCODED, 8),
        pytest.param(Random(2).sample(STRANGERS, 600), marks=pytest.mark.slow),
        pytest.param(MADE, marks=pytest.mark.slow),
        pytest.param(ENCODED, marks=pytest.mark.slow),
    ],
    ids=["some of strangers", "some made", "some encoded", "strangers", "made", "encoded"],
)
def test_a_short_text_is_masked_as_if_every_question_were_asked(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    masked = each_by_itself(texts)
    monkeypatch.setattr(few, "MOST", 0)

    assert masked == each_by_itself(texts)


def test_a_block_that_comes_together_by_another_is_masked_in_a_short_text(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKB"
    key = f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----"
    texts = [f"password: |\n  {key}\n", f'"key": "{key}"'.replace("\n", "\\n"), f"{key}\n{key}"]
    masked = each_by_itself(texts)
    monkeypatch.setattr(few, "MOST", 0)

    assert masked == each_by_itself(texts)
    assert body not in "".join(masked)
