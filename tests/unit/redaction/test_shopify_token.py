"""Shopify access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sh" + "pat_" + "0a1b" * 8
OTHER = "shpat_x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("shopify_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("shopify_token", OTHER)
