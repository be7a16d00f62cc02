"""Amazon Web Services access key id."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "AK" + "IA" + "J5Q7" * 4
OTHER = "AKIAshort"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("aws_access_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("aws_access_key", OTHER)
