"""Facebook access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "EA" + "AG" + "aB3x" * 12
OTHER = "EAAshort"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("facebook_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("facebook_token", OTHER)
