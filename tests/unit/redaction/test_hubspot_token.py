"""HubSpot private app token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "pa" + "t-na1-0a1b2c3d-0a1b-4a1b-8a1b-0a1b2c3d4e5f"
OTHER = "pat-na1-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("hubspot_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("hubspot_token", OTHER)
