"""Atlassian API token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "AT" + "ATT3" + "xFfG" * 40
OTHER = "ATATT3"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("atlassian_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("atlassian_token", OTHER)
