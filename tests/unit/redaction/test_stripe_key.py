"""Stripe key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sk" + "_live_" + "aB3x" * 6
OTHER = "sk_test_x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("stripe_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("stripe_key", OTHER)
