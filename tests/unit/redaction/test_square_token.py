"""Square token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sq" + "0atp-" + "aB3xY7zQ1wE" * 2
OTHER = "sq0x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("square_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("square_token", OTHER)
