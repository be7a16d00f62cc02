"""Amazon Bedrock API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "AB" + "SK" + "Qm9k" * 30
OTHER = "ABSKshort"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("aws_bedrock_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})")


def test_what_only_begins_like_one_stays() -> None:
    kept("aws_bedrock_key", OTHER)
