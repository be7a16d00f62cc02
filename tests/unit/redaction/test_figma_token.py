"""Figma personal access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "fi" + "gd_" + "aB3x" * 10
OTHER = "figd_short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("figma_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("figma_token", OTHER)
