"""What a pattern needs, and that a long line is asked no question that its characters cannot answer."""

import string
from random import Random

import pytest

from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.engine import Engine
from sevline.core.redaction.long_rows import LONG_ROW, letters_of, may_find
from sevline.core.redaction.needed import NOTHING, OTHER, bits, may_stand, needed
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.terms import Term, term_detectors

BASE64 = string.ascii_letters + string.digits + "+/"
MAIL = "anna.muster" + "@" + "firm.example"


def masked(text: str) -> str:
    return Engine(every_detector(), Pseudonyms(bytes(32)), frozenset()).mask_text(text)[0]


@pytest.mark.parametrize(
    ("pattern", "stands_in", "cannot_stand_in"),
    [
        ("ab", "ab", "bb"),
        ("ab?c", "ac", "ab"),
        ("a{0,2}b", "b", "a"),
        ("a{2}b", "aab", "b"),
        ("[0-9]+[:=]", "1=", "="),
        ("(?:a|bc)d", "bcd", "bd"),
        ("(?i:key)", "KEY", "ke"),
        (r"\[x\]", "[x]", "x"),
        (r"(?-u:\b)x\t", "x\t", "x "),
        (r"[^a]", "b", "a"),
        (r"[^.a]", "b", ".a"),
        (r"[\]x-z]", "y", "w"),
        (r"\x2d", "-", "x"),
        ("(?i:k)", "\u212a", "x"),
        ("(?i:\u017f)", "s", "k"),
        (r"(?i:\x{212a})", "K", "s"),
        ("(?i:[\u0100-\u0200])", "S", "k"),
        ("[^\u0100-\u0200s]", "S", "s"),
        ("[à-ü]", "é", "e"),
        (r"\p{Lu}", "É", ""),
    ],
)
def test_a_pattern_needs_a_character_of_each_of_its_parts(pattern: str, stands_in: str, cannot_stand_in: str) -> None:
    needs = needed(pattern)

    assert may_stand(needs, letters_of(stands_in))
    assert not may_stand(needs, letters_of(cannot_stand_in))


@pytest.mark.parametrize(
    "pattern", ["", "a|", "a*", "^$", "[a-z&&[^b]]", "(?i)a", "[[:alpha:]]", r"[^\p{Lu}]", "[^[a]]"]
)
def test_a_pattern_that_matches_nothing_or_is_not_understood_needs_nothing(pattern: str) -> None:
    assert needed(pattern) == NOTHING


def test_the_characters_of_a_text_are_told_whatever_its_length() -> None:
    assert letters_of("ab" * 10_000 + "é;") == bits("ab;") | OTHER


def test_in_base64_most_detectors_can_find_nothing() -> None:
    at_work = [entry.kind for entry in every_detector() if may_find(entry, letters_of(BASE64))]

    assert {"aws_access_key", "iban", "card"} <= set(at_work)
    assert len(at_work) < len(every_detector()) // 3


def test_values_are_masked_wherever_they_stand_in_a_long_row() -> None:
    noise = "".join(Random(7).choices(BASE64, k=LONG_ROW))
    key = "AKIA" + "Z7Q2M5T4R6K3W2X5"

    left = masked(f"{key}/{noise}/{key}/{noise} {MAIL}")

    assert key not in left
    assert MAIL not in left
    assert left.count(noise[200:300]) == 2


def test_a_word_of_a_case_with_a_long_s_is_found_in_any_case_in_a_long_row() -> None:
    engine = Engine(term_detectors([Term("tenant", "Wei\u017fs")]), Pseudonyms(bytes(32)), frozenset())

    left, _ = engine.mask_text("x" * LONG_ROW + " weiss")

    assert "weiss" not in left


def test_what_a_stand_in_makes_possible_is_found_in_a_long_row() -> None:
    noise = "".join(Random(7).choices(string.ascii_lowercase, k=LONG_ROW))

    left = masked(f"{noise} {MAIL}\n{noise} password: hunter2-Xy9\nhunter2-Xy9 {noise}")

    assert MAIL not in left
    assert "hunter2-Xy9" not in left
