"""Twilio key or account id."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "S" + "K" + "0a1b" * 8
OTHER = "SKIPPED"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("twilio_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("twilio_key", OTHER)
