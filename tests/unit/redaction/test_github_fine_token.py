"""GitHub fine-grained personal access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "github" + "_pat_" + "aB3xY7zQ1wE" * 2 + "_" + "aB3x" * 14 + "yz1"
OTHER = "github_pat_short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("github_fine_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("github_fine_token", OTHER)
