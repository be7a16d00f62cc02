"""New Relic key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "NR" + "AK-" + "A1B" * 9
OTHER = "NRAK-x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("newrelic_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("newrelic_key", OTHER)
