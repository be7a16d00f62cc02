"""npm tokens and their check sum."""

from sevline.core.redaction.checksums import base62_crc32
from tests.unit.redaction.looking import kept, masked

PREFIX = "np" + "m_"
BODY = "aBcDeFgHiJ" * 3


def test_a_token_with_its_right_sum_goes() -> None:
    masked("npm_token", PREFIX + BODY + base62_crc32(BODY), "x {} y", "token {},", "https://example.com/{}")


def test_a_row_of_one_letter_is_no_token() -> None:
    kept("npm_token", PREFIX + "a" * 36, PREFIX + "short")


def test_the_sum_is_six_digits_of_base_62() -> None:
    assert base62_crc32("") == "000000"
    assert len(base62_crc32(BODY)) == 6
