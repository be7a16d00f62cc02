"""Databricks personal access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "da" + "pi" + "0a1b" * 8
OTHER = "dapifoo"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("databricks_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("databricks_token", OTHER)
