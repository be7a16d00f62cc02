"""Tailscale key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "ts" + "key-auth-" + "kAB3xY7zCNTRL-" + "aB3x" * 8
OTHER = "tskey-auth-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("tailscale_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("tailscale_key", OTHER)
