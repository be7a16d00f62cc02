"""Numbers of things in sentences."""

import pytest

from sevline.core.amount import amount, sentence_of


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 records"), (1, "1 record"), (2, "2 records"), (1204, "1,204 records")]
)
def test_a_number_stands_with_its_word(count: int, said: str) -> None:
    assert amount(count, "record") == said


def test_a_word_may_have_a_plural_of_its_own() -> None:
    assert (amount(1, "query", "queries"), amount(3, "query", "queries")) == ("1 query", "3 queries")


def test_a_sentence_of_one_thing_is_another_sentence() -> None:
    told = [sentence_of(count, "1 time names no zone.", "{:,} times name no zone.") for count in (1, 2000)]

    assert told == ["1 time names no zone.", "2,000 times name no zone."]
