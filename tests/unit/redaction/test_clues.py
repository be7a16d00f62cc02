"""What must stand in every match of a pattern."""

import polars as pl
import pytest

from sevline.core.redaction.clues import ASCII, BEYOND, Word, clues
from sevline.core.redaction.detector_set import every_detector


def word(text: str) -> Word:
    return tuple(1 << ord(character) for character in text)


def any_case(text: str) -> Word:
    return tuple(1 << ord(character.lower()) | 1 << ord(character.upper()) for character in text)


def pattern_of(words: frozenset[Word]) -> str:
    """The words as a pattern again, in which a row has line ends around it."""
    return "|".join("".join(map(_place, one)) for one in words) or r"[^\s\S]"


def _place(characters: int) -> str:
    places = [f"\\x{code:02x}" for code in range(128) if characters >> code & 1]
    return "[" + "".join(places) + (r"\x{80}-\x{10ffff}" if characters & BEYOND else "") + "]"


def test_a_literal_is_its_own_clue() -> None:
    assert clues("AKIA") == {word("AKIA")}


def test_where_the_case_does_not_count_both_stand_at_a_place() -> None:
    assert clues("(?i:pwd)=") == {(*any_case("pwd"), *word("="))}


def test_each_alternative_has_a_clue_of_its_own() -> None:
    assert clues("ghp_|glpat-") == {word("ghp_"), word("glpat-")}


def test_an_end_of_a_word_tells_what_stands_before_it() -> None:
    (found,) = clues(r"(?-u:\b)AK") or ()
    assert found[1:] == word("AK")
    assert found[0] & BEYOND
    assert not found[0] & (1 << ord("x") | 1 << ord("7") | 1 << ord("_"))
    assert found[0] & 1 << ord("\n")


def test_of_a_part_without_end_the_longest_known_beginning_is_told() -> None:
    assert clues("key=[^ ]*") == {word("key=")}


def test_a_place_that_leaves_out_some_characters_may_hold_any_beyond_ascii() -> None:
    assert clues(r'x[^"]y') == {(1 << ord("x"), BEYOND | (ASCII & ~(1 << ord('"'))), 1 << ord("y"))}


@pytest.mark.parametrize(
    "pattern", [r"\bword", "(?m)^a", "[[:alpha:]]", "[a-z&&[^b]]", r"\p{Greek}", "a**", "(a", "a)"]
)
def test_a_syntax_that_is_not_known_tells_nothing(pattern: str) -> None:
    assert clues(pattern) is None


@pytest.mark.parametrize("pattern", ["", "a*", "(?:ab)?", "[a-z]{0,9}"])
def test_what_can_be_empty_tells_nothing(pattern: str) -> None:
    assert clues(pattern) is None


@pytest.mark.slow
def test_whatever_a_built_in_detector_finds_holds_a_clue() -> None:
    from tests.redaction_corpus import labelled_corpus

    corpus = labelled_corpus(5, labels=1200, decoys=200)
    lines = [line for one in corpus.labelled for line in one.text.split("\n")]
    rows = pl.Series("row", lines + [line.replace("a", "é").replace("1", "\U000f0001") for line in lines])
    framed = "\n" + rows + "\n"
    missed = [
        entry.kind
        for entry in every_detector()
        if (told := clues(entry.gate or entry.pattern)) is not None
        and (rows.str.contains(entry.gate or entry.pattern) & ~framed.str.contains(pattern_of(told))).any()
    ]
    assert missed == []
