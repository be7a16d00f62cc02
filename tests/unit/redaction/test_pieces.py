"""Matches exchanged for what stands for them, however many they are."""

import pytest

from sevline.core.redaction.pieces import OFTEN, exchanged


@pytest.mark.parametrize("between", ["; ", "a=1"])
def test_each_match_is_exchanged_and_what_stands_between_matches_stays(between: str) -> None:
    pieces = ["", "a=1", between, "b=2"] * OFTEN

    text = exchanged([*pieces, ""], {"a=1": "<A>", "b=2": "<B>"}, "\N{SYMBOL FOR NULL}")

    assert text == f"<A>{between}<B>" * OFTEN


def test_a_few_matches_are_exchanged_like_many() -> None:
    assert exchanged(["x ", "a=1", " y"], {"a=1": "<A>"}, "\N{SYMBOL FOR NULL}") == "x <A> y"
