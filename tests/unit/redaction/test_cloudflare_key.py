"""Cloudflare origin CA key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "v1" + ".0-" + "0a1b" * 6 + "-" + "0a1b" * 36 + "0a"
OTHER = "v1.0-rc1"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("cloudflare_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("cloudflare_key", OTHER)
