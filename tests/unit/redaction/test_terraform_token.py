"""HCP Terraform token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "aB3xY7z" * 2 + ".atlas" + "v1." + "aB3x" * 16
OTHER = "x.atlasv1.y"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("terraform_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("terraform_token", OTHER)
