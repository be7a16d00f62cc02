"""Grafana token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "gl" + "sa_" + "aB3x" * 8 + "_0a1b2c3d"
OTHER = "glsa_x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("grafana_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("grafana_token", OTHER)
