"""Airtable personal access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "pa" + "t" + "aB3xY7z" * 2 + "." + "0a1b" * 16
OTHER = "pattern.matching"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("airtable_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("airtable_token", OTHER)
