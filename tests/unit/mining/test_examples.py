"""Examples at rest are the dictionary they were made of, and add up as records do one by one."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from sevline.core.mining.examples import SAMPLES, Example, Kept
from sevline.core.mining.shape import ShapeStat

EXAMPLES = st.builds(
    Example, st.binary(max_size=5), st.sampled_from(["a", "b", ""]), st.integers(1, 3), st.binary(max_size=3)
)
OFFERED = st.lists(st.tuples(st.integers(0, 25), EXAMPLES), max_size=40)


def offered(found: list[tuple[int, Example]]) -> ShapeStat:
    stat = ShapeStat()
    for mark, (text, source, line, fields) in found:
        stat.offer(mark, text, source, line, fields)
    return stat


@given(st.dictionaries(st.integers(0, (1 << 32) - 1), EXAMPLES, max_size=SAMPLES))
def test_examples_at_rest_are_what_they_were_made_of(examples: dict[int, Example]) -> None:
    kept = Kept.of(examples)

    assert kept == examples
    assert list(kept.values()) == [examples[mark] for mark in sorted(examples)]
    assert {mark: kept[mark] for mark in kept} == examples
    assert pickle.loads(pickle.dumps(kept)) == examples


@given(OFFERED, st.integers(0, 40), st.booleans())
def test_a_sum_keeps_the_smallest_marks_of_both(found: list[tuple[int, Example]], cut: int, rests: bool) -> None:
    one, two, whole = offered(found[:cut]), offered(found[cut:]), offered(found)
    for part in (one, two) if rests else ():
        part.rest()

    one.merge(two)

    assert (one.examples, one.widest) == (whole.examples, whole.widest)


@given(OFFERED, OFFERED)
def test_examples_at_rest_still_take_one_more(
    found: list[tuple[int, Example]], more: list[tuple[int, Example]]
) -> None:
    stat = offered(found)
    stat.rest()
    for mark, (text, source, line, fields) in more:
        stat.offer(mark, text, source, line, fields)

    assert stat.examples == offered(found + more).examples
