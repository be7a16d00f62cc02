"""Microsoft Entra client secret."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "abc" + "8Q" + "~" + "xYz7" * 8 + "aa"
OTHER = "abc8Q~x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("azure_ad_secret", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("azure_ad_secret", OTHER)
