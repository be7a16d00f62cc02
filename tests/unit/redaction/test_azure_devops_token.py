"""Azure DevOps personal access token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "a1B2" * 19 + "AZ" + "DO" + "x9Y8"
OTHER = "AZDO1234"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("azure_devops_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("azure_devops_token", OTHER)
