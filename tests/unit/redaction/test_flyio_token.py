"""Fly.io access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "fo" + "1_" + "aB3x" * 10 + "yz1"
OTHER = "fo1_short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("flyio_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("flyio_token", OTHER)
