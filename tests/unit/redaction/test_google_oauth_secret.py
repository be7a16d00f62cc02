"""Google OAuth client secret."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "GO" + "CSPX-" + "aB3x" * 7
OTHER = "GOCSPX-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("google_oauth_secret", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("google_oauth_secret", OTHER)
