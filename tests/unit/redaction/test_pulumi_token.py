"""Pulumi access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "pu" + "l-" + "0a1b" * 10
OTHER = "pul-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("pulumi_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("pulumi_token", OTHER)
