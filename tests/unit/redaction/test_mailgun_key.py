"""Mailgun API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "ke" + "y-" + "0a1b" * 8
OTHER = "key-value"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("mailgun_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("mailgun_key", OTHER)
