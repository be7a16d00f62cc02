"""Adyen key."""

import pytest

from tests.unit.redaction.looking import kept, masked

GENUINE = "AQE" + "yhmfx" + "k3Rz" * 18
SIGNED = "ADgYEAJ29JQ9ZPRgbeWn53ZQ2qKq" + "7hQz" * 8


def test_the_token_goes_wherever_it_stands() -> None:
    masked("adyen_key", GENUINE, "x {} y", '"{}"', "x-api-key: {}", "({})")


@pytest.mark.parametrize("algorithm", ["AQEFBQ", "AQELBQ", "AQEBBQ"])
def test_a_line_of_a_certificate_that_begins_within_an_algorithm_stays(algorithm: str) -> None:
    kept("adyen_key", algorithm + SIGNED)


def test_what_is_too_short_stays() -> None:
    kept("adyen_key", "AQEy" + "k3Rz" * 9)
