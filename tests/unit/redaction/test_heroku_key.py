"""Heroku API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "HR" + "KU-" + "AAaB3x_" * 8
OTHER = "HRKU-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("heroku_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("heroku_key", OTHER)
