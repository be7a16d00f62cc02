"""HashiCorp Vault token."""

from tests.unit.redaction.looking import kept, masked

GENUINE = "hv" + "s." + "CAES" + "aB3x" * 22
OTHER = "hvs.x"


def test_the_token_goes_wherever_it_stands() -> None:
    masked("vault_token", GENUINE, "x {} y", '"{}"', "at={}&b=1", "({})", "https://example.com/{}/x")


def test_what_only_begins_like_one_stays() -> None:
    kept("vault_token", OTHER)
