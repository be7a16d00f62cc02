"""Datadog client token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "pu" + "b" + "0a1b" * 8
OTHER = "public"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("datadog_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("datadog_key", OTHER)
