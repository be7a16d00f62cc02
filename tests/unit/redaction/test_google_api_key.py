"""Google API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "AI" + "za" + "SyB3x" * 7
OTHER = "AIzashort"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("google_api_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("google_api_key", OTHER)
