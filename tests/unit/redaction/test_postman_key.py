"""Postman API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "PM" + "AK-" + "0a1b" * 6 + "-" + "0a1b" * 8 + "0a"
OTHER = "PMAK-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("postman_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("postman_key", OTHER)
