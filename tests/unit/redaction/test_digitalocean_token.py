"""DigitalOcean token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "do" + "p_v1_" + "0a1b" * 16
OTHER = "dop_v1_short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("digitalocean_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("digitalocean_token", OTHER)
