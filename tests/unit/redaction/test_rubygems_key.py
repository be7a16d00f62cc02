"""RubyGems API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "ruby" + "gems_" + "0a1b" * 12
OTHER = "rubygems_x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("rubygems_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("rubygems_key", OTHER)
