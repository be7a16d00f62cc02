"""OpenAI API key."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "sk-" + "proj-" + "aB3x" * 10 + "T3Blbk" + "FJ" + "y7Zq" * 10
OTHER = "sk-learn"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("openai_key", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("openai_key", OTHER)
