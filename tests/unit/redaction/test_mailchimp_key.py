"""Mailchimp API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "0a1b" * 8 + "-" + "us12"
OTHER = "eu-us1"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("mailchimp_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("mailchimp_key", OTHER)
