"""Anthropic API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sk-" + "ant-api03-" + "aB3_" * 23 + "xAA"
OTHER = "sk-ant-short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("anthropic_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("anthropic_key", OTHER)
