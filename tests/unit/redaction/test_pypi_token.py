"""PyPI upload token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "py" + "pi-AgE" + "IcHl" * 20
OTHER = "pypi-server"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("pypi_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("pypi_token", OTHER)
