"""Asana personal access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "2" + "/1200123412341234/1200123412349999:" + "0a1b" * 8
OTHER = "1/2:3"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("asana_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("asana_token", OTHER)
