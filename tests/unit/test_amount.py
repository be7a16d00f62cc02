"""Numbers of things in sentences."""

import pytest

from sevline.core.amount import amount, of_one, sentence_of, times


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


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1 event ids were delivered more than once.", "1 event id was delivered more than once."),
        (
            "in 1 trace: 1 spans name a parent that is not there.",
            "in 1 trace: 1 span names a parent that is not there.",
        ),
        ("All 1 nodes are ready and without pressure.", "The one node is ready and without pressure."),
        ("Each of 1 pods found a node.", "The one pod found a node."),
        ("None of 1 containers was last ended for memory.", "The one container was not last ended for memory."),
        ("None of the 1 recorded calls failed.", "No recorded call failed."),
        ("3 of 1,201 events were lost; 21 pods and 0.1 rows", "3 of 1,201 events were lost; 21 pods and 0.1 rows"),
        ("the log says “1 errors were found” once", "the log says “1 errors were found” once"),
        ("0 of 1 failing calls are found", "0 of 1 failing calls are found"),
        ("1 keys of the source are missing", "1 key of the source is missing"),
        ("N+1 queries; 1 of the pods given run on it", "N+1 queries; 1 of the pods given run on it"),
        ("TLS 1.1 versions, page-1 items", "TLS 1.1 versions, page-1 items"),
    ],
)
def test_a_thing_that_is_counted_once_stands_in_the_singular(written: str, told: str) -> None:
    assert of_one(written) == told


@pytest.mark.parametrize(("ratio", "said"), [(4.66, "4.7"), (99.9, "99.9"), (271.1, "271"), (69_657.3, "69,657")])
def test_how_many_times_is_said_no_finer_than_anybody_can_know(ratio: float, said: str) -> None:
    assert times(ratio) == said
