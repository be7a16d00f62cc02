"""Dropbox short-lived access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sl" + ".B" + "aB3x" * 34
OTHER = "sl.short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("dropbox_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("dropbox_token", OTHER)
