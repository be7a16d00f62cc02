"""Hugging Face token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "h" + "f_" + "aBcXy" * 6 + "aBcX"
OTHER = "hf_hub"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("huggingface_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("huggingface_token", OTHER)
