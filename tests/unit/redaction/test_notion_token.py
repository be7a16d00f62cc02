"""Notion integration token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "nt" + "n_" + "aB3x" * 11 + "yz"
OTHER = "secret_name"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("notion_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("notion_token", OTHER)
