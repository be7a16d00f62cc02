"""Linear API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "lin" + "_api_" + "aB3x" * 10
OTHER = "lin_api_x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("linear_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("linear_key", OTHER)
