"""What need not be asked again of a row in which stand-ins took the place of what was found."""

import polars as pl
import pytest

from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.sifted import Sifted
from sevline.core.redaction.thinning import outlasts, thins

ONE, TWO = chr(0xF0000), chr(0xF0001)
END = "\x01"


@pytest.mark.parametrize(
    "pattern",
    [
        "key|token",
        r"(?i-u:pass|pin[\"' :=\])])",
        r"[A-Za-z][ ]{1,2}\p{Lu}",
        r"(?-u:\b)[0-9]{3}-[0-9]{2}(?-u:\b)",
        r"^N:[;.$]+\r?$",
        r"(?:curl|wget)[^\r\n]*[ \t]-[a-z]",
    ],
)
def test_a_pattern_that_says_what_it_matches_cannot_begin_to_match(pattern: str) -> None:
    assert outlasts(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"key=[^ ]",
        r"key\S",
        r"a.b",
        r"\W[0-9]",
        r"\p{Co}",
        r"\b{start-half}sk-",
        r"[\u{F0000}-\u{10FFFF}]",
        f"[{ONE}-{TWO}][0-9]",
        r"[a-z&&[^x]]",
        r"[\x{80}-\x{10FFFF}]",
    ],
)
def test_a_pattern_that_may_match_a_stand_in_is_asked_again(pattern: str) -> None:
    assert not outlasts(pattern)


@pytest.mark.parametrize(
    ("pieces", "replacements"),
    [
        (["to ", "a@b.example", ", ok"], {"a@b.example": ONE}),
        (["", "a@b.example", ""], {"a@b.example": f"{ONE}@b.example"}),
        (["x ", "sid=ab; t=cd", END], {"sid=ab; t=cd": f"sid={ONE}; t={TWO}"}),
        (["word", "=ab", " "], {"=ab": f"={ONE}"}),
        (["word", "left", "word"], {"other": ONE}),
    ],
)
def test_a_text_is_thinned_where_only_stand_ins_are_new(pieces: list[str], replacements: dict[str, str]) -> None:
    assert thins(pieces, replacements, END)


@pytest.mark.parametrize(
    ("pieces", "replacements"),
    [
        (["to", "a@b.example", ", ok"], {"a@b.example": ONE}),
        (["to ", "a@b.example", "x"], {"a@b.example": ONE}),
        (["", "ab", "", "cd", ""], {"ab": ONE, "cd": TWO}),
        (["", "abcd", ""], {"abcd": f"ab{ONE}"}),
        (["", "ab", ""], {"ab": f"new {ONE}"}),
        (["", "ab", ""], {"ab": "other"}),
        (["", "=a\nb", ""], {"=a\nb": ONE}),
        (["", "=a, =b", ""], {"=a, =b": f"=b, {ONE}"}),
    ],
)
def test_a_text_in_which_a_word_was_cut_or_written_anew_is_not_thinned(
    pieces: list[str], replacements: dict[str, str]
) -> None:
    assert not thins(pieces, replacements, END)


def test_rows_that_were_thinned_are_not_asked_again_what_they_answered_with_no() -> None:
    plan = plan_of(every_detector())
    group = next(number for number, one in enumerate(plan.groups) if one.detectors[0].kind == "authorization")
    rows = pl.Series("text", ["mail a@b.example", "authorization: a@b.example", "more a@b.example"])
    first = Sifted(plan, rows)
    first.hits(group, plan.groups[group], rows)
    every = pl.Series("at", [0, 1, 2], dtype=pl.get_index_type())
    first.changed(group + 1, rows, rows.str.replace("a@b.example", ONE), every, thinned=True)

    again = Sifted(plan, rows.str.replace("a@b.example", ONE), first.due(every), first.known(every))

    asked = again.among(group, plan.groups[group])
    assert asked is not None
    assert asked.to_list() == [1]


def test_rows_that_were_written_anew_are_asked_again() -> None:
    plan = plan_of(every_detector())
    group = next(number for number, one in enumerate(plan.groups) if one.detectors[0].kind == "authorization")
    rows = pl.Series("text", ["mail a@b.example", "more"])
    first = Sifted(plan, rows)
    first.hits(group, plan.groups[group], rows)
    every = pl.Series("at", [0, 1], dtype=pl.get_index_type())
    written = pl.Series("text", ["authorization: Basic x", "more"])
    first.changed(group + 1, rows, written, every)

    again = Sifted(plan, written, first.due(every), first.known(every))

    asked = again.among(group, plan.groups[group])
    assert asked is not None
    assert asked.to_list() == [0]


def test_a_long_row_whose_characters_cannot_answer_is_not_asked_until_it_has_changed() -> None:
    plan = plan_of(every_detector())
    group = next(number for number, one in enumerate(plan.groups) if one.detectors[0].kind == "authorization")
    rows = pl.Series("text", ["bearer" * 50_000, "authorization: Basic x"])
    first = Sifted(plan, rows)
    asked = first.hits(group, plan.groups[group], rows)
    every = pl.Series("at", [0, 1], dtype=pl.get_index_type())
    written = pl.Series("text", ["bearer a1b2c3d4 " * 20_000, "authorization: Basic x"])
    first.changed(group + 1, rows, written, every)

    again = Sifted(plan, written, first.due(every), first.known(every))

    assert asked.to_list() == [1]
    assert again.hits(group, plan.groups[group], written).to_list() == [0]


def test_literals_as_written_and_in_any_case_are_never_asked_as_one() -> None:
    plan = plan_of(every_detector())
    keyed = [(group.sieve, bool(group.keywords.in_any_case)) for group in plan.groups if group.keywords]

    sieves = {(sieve, in_any_case) for sieve, in_any_case in keyed if sieve >= 0}

    assert len({sieve for sieve, _ in sieves}) == len(sieves) > 1
