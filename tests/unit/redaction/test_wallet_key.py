"""Private keys of wallets (WIF)."""

from hashlib import sha256

import pytest

from tests.unit.redaction.looking import kept, masked

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def written(data: bytes) -> str:
    """Base58 with the check sum."""
    number = int.from_bytes(data + sha256(sha256(data).digest()).digest()[:4], "big")
    text = ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return text


KEY = bytes(range(40, 72))


@pytest.mark.parametrize("ending", [b"", b"\x01"])
def test_a_key_with_its_check_sum_goes_wherever_it_stands(ending: bytes) -> None:
    masked("wallet_key", written(b"\x80" + KEY + ending), "wif {} y", 'wallet "{}"')


def test_what_has_its_form_by_chance_stays() -> None:
    key = written(b"\x80" + KEY + b"\x01")

    kept("wallet_key", "wallet " + key[:-1] + ("2" if key[-1] != "2" else "3"))
