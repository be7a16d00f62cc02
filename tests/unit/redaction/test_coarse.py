"""Texts in which all digits are the same: what a pattern finds in a text, its coarse form finds in the coarse text."""

import polars as pl
import pytest

from sevline.core.redaction.coarse import AT_ONCE, coarse, coarse_literals, coarsened
from sevline.core.redaction.detector_set import every_detector


def finds(pattern: str, text: str) -> bool:
    return bool(pl.Series([text]).str.contains(pattern).item())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-08-19T17:23:55.017Z took 75ms", "7777-77-77T77:77:77.777Z took 77ms"),
        ("trace 7305f6a848a7dcd3 of 0xe0c4", "trace 8888888888888888 of 7xe7c7"),
        ("A1-b2_c3 facade DEAD 5E", "88-b7_c7 facade DEAD 88"),
        ("é1a é1 日本2f", "é88 é7 日本88"),
        ("", ""),
        ("no digit at all", "no digit at all"),
    ],
    ids=("digits", "hexadecimal word", "letters alone and an underscore", "beside other letters", "empty", "as it is"),
)
def test_digits_and_hexadecimal_words_lose_their_differences_and_no_length(text: str, expected: str) -> None:
    assert coarse(text.encode()).decode() == expected


def test_no_word_is_cut_where_a_long_text_is_read_in_parts() -> None:
    text = ("x" * 30 + " ") * (AT_ONCE // 31 - 1) + "password" * 9 + "f00d1234 " + "12ab" * AT_ONCE

    found = coarse(text.encode()).decode()

    assert "password" * 9 + "f77d7777 " in found
    assert found.endswith(" " + "8888" * AT_ONCE)


@pytest.mark.parametrize("between", [" ", "\n", ",", "é"])
def test_parts_are_joined_to_what_the_whole_is_whatever_stands_between_words(between: str) -> None:
    words = between.join(f"{number:x}" for number in range(2 * AT_ONCE // 4)) + "z" * 3 * AT_ONCE

    found = coarse(words.encode()).decode().split(between)

    assert [found[number] for number in (0x1234, 0x12AB, 0xABC, 0x7FFE)] == ["7777", "8888", "abc", "8888"]
    assert set(found[0x1000:0x7FFF]) == {"7777", "8888"}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[0-9]{4}-[a-f]{2}", "1234-ab"),
        ("4[0-9]{12}", "4111111111111"),
        (r"(?-u:\b)dead(?-u:\b)", "dead"),
        ("(?i:add)", "0ADD1"),
        ("pass?port", "passport"),
        ("abc", "00abc00"),
        ("password", "passwordf00"),
        ("[a-z]+[^0-9]", "f1eaab"),
        (r"\D", "1a2"),
        ("[^0-9]-", "1f-"),
        (r"[[a-c][x-z]]", "1b"),
        (r"\x61\x{62}", "1ab"),
        ("b-?day", "1b-day"),
        (" e: ", " e: "),
        ("[g-z][0-9]", "x5"),
    ],
)
def test_a_patterns_coarse_form_matches_the_coarse_text_wherever_the_pattern_matches(pattern: str, text: str) -> None:
    assert finds(pattern, text)

    assert finds(coarsened(pattern) or "", coarse(text.encode()).decode())


@pytest.mark.parametrize("pattern", ["(?x: a b)", "(?P<name>a)"])
def test_a_pattern_that_is_not_understood_has_no_coarse_form(pattern: str) -> None:
    assert coarsened(pattern) is None


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("token", "token"),
        ("cafe", "12cafe"),
        ("cafe=", "0cafe="),
        ("=cafe=", "=cafe="),
        ("u0040", "u0040"),
        ("-1a-", "-1a-"),
        ("12", "a12"),
        ("base64 -", "base64 -"),
        ("é2", "é2f"),
    ],
)
def test_a_literals_coarse_forms_stand_wherever_the_literal_does(literal: str, text: str) -> None:
    assert literal in text

    assert any(form in coarse(text.encode()).decode() for form in coarse_literals(literal))


def test_letters_between_signs_are_a_word_of_their_own_and_stay_one_literal() -> None:
    assert coarse_literals("=cafe=") == ["=cafe="]
    assert coarsened("=cafe:") == "=cafe:"


def test_every_literal_of_the_detectors_stands_in_one_of_its_coarse_forms_whatever_is_beside_it() -> None:
    literals = sorted({literal for entry in every_detector() for literal in entry.keywords})
    beside = ("", "1", "f0", "0a1b", "x", "_", " ", "é", "-2c")
    cases = [(literal, f"{before}{literal}{after}") for literal in literals for before in beside for after in beside]
    forms = {literal: coarse_literals(literal) for literal in literals}

    texts = coarse("\x01".join(text for _, text in cases).encode()).decode().split("\x01")

    lost = [case for case, text in zip(cases, texts, strict=True) if not any(form in text for form in forms[case[0]])]
    assert len(literals) > 1_000
    assert lost == []
