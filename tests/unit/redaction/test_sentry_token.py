"""Sentry token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sn" + "tryu_" + "0a1b" * 16
OTHER = "sntrys_x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("sentry_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})")


def test_what_only_begins_like_one_stays() -> None:
    kept("sentry_token", OTHER)
