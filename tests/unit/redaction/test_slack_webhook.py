"""Slack incoming webhook."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "hooks" + ".slack.com/services/" + "T0AB1CD2E/B0AB1CD2E/" + "aB3x" * 6
OTHER = "hooks.slack.com/docs"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("slack_webhook", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})")


def test_what_only_begins_like_one_stays() -> None:
    kept("slack_webhook", OTHER)
