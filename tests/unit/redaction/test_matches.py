"""What a pattern finds in some rows, and the rows with something else in its place."""

from collections import Counter
from threading import Barrier, Thread

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sevline.core.redaction.compiled import contains, keep
from sevline.core.redaction.matches import LARGE, LONG, Matches
from sevline.core.redaction.thinning import thins

MARKS = ("\ufdd0", "\ufdd1")
WORD = "[a-c]+"
rows = st.lists(st.text(alphabet="abc é1 \n\U000f0001", max_size=12), min_size=1, max_size=12)


def of(texts: list[str], *, long: bool) -> tuple[Matches, list[str]]:
    """The matches in these texts; each so long and so often that Polars cuts them, where they are to be `long`."""
    told = ["".join((text, " ") * LONG) for text in texts] * (LARGE // LONG) if long else texts
    return Matches(pl.Series("text", told, dtype=pl.String), WORD, MARKS), told


@given(rows)
def test_few_matches_of_long_rows_are_counted_and_replaced_as_those_of_short_ones(texts: list[str]) -> None:
    long = pl.Series("text", [" ".join(texts) * 40] * 3)
    short = Matches(long, WORD, MARKS)
    same = Matches(long, WORD, MARKS)
    same._cut = same._marked.str.join(MARKS[1]).str.split(MARKS[0]).explode()  # as of a larger text
    replacements = dict.fromkeys(list(short.found)[::2], "\U000f0000")

    assert list(same.found.items()) == list(short.found.items())
    assert same.thins(replacements) == short.thins(replacements) == thins(short._pieces, replacements, MARKS[1])
    assert same.exchanged(replacements).to_list() == short.exchanged(replacements).to_list()


def test_a_large_text_of_long_rows_is_cut_by_polars() -> None:
    matches, told = of(["ab 1 c"], long=True)

    assert matches._cut is not None
    assert matches.found == Counter({"ab": LONG * len(told), "c": LONG * len(told)})
    assert matches.exchanged({"ab": "X"}).to_list() == [text.replace("ab", "X") for text in told]


def test_the_same_letters_between_matches_stay() -> None:
    found = Matches(pl.Series("text", ["k=a a k=b a k=c" * 9_000] * 9), "k=[ab]", MARKS)

    assert found._cut is not None
    assert found.exchanged({"k=a": "k=X"}).to_list() == [("k=X a k=b a k=c" * 9_000)] * 9


def test_a_text_without_a_match_has_none() -> None:
    assert not of(["1 2"], long=True)[0].found
    assert not of(["1 2"], long=False)[0].found


def test_callers_who_want_the_same_thread_at_once_are_all_answered_rightly() -> None:
    pattern = "caller-[0-9]+"
    keep((pattern,))
    told = pl.Series("text", [f"caller-{number}" if number % 2 else "none" for number in range(200_000)])
    answers: list[int] = []
    begin = Barrier(4)

    def ask() -> None:
        begin.wait()
        answers.extend(int(contains(told, pattern).sum()) for _ in range(5))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert answers == [100_000] * 20
