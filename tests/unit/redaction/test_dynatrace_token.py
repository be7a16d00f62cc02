"""Dynatrace token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "dt0" + "c01." + "A1B2" * 6 + "." + "Z9Y8" * 16
OTHER = "dt0c01.x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("dynatrace_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("dynatrace_token", OTHER)
