"""SendGrid API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "S" + "G." + "aB3xY7zQ1wE" * 2 + "." + "aB3x" * 10 + "yz1"
OTHER = "SG.short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("sendgrid_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("sendgrid_key", OTHER)
