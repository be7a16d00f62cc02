"""Google OAuth access or refresh token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "ya" + "29." + "aB3x_" * 10
OTHER = "ya29.x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("google_oauth_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("google_oauth_token", OTHER)
