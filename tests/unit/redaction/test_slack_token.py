"""Slack token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "xo" + "xb-" + "123412341234-" + "aB3x" * 6
OTHER = "xoxo-"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("slack_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("slack_token", OTHER)
