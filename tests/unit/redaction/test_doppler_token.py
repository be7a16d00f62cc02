"""Doppler token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "dp" + ".pt." + "aB3x" * 10 + "yz1"
OTHER = "dp.pt.x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("doppler_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("doppler_token", OTHER)
