"""Telegram bot token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "12345" + "67890:" + "AA" + "aB3xY7zQ1wE" * 3
OTHER = "12:AAA"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("telegram_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("telegram_token", OTHER)
