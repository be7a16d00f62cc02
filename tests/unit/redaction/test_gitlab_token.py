"""GitLab token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "gl" + "pat-" + "aB3x_" * 4
OTHER = "glpat-short"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("gitlab_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("gitlab_token", OTHER)
