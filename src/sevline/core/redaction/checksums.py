"""Check digits and sums by which a number or a token proves its kind."""

import zlib

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right doubled, the sum divisible by ten."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit)
        if position % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def mod97(text: str) -> bool:
    """ISO 7064 MOD 97-10 as IBAN uses it: the first four characters to the end, letters as two digits, remainder 1."""
    rotated = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in rotated)) % 97 == 1


def base62_crc32(body: str) -> str:
    """CRC-32 of the text in six base-62 digits, as GitHub and npm append it to their tokens."""
    rest, written = zlib.crc32(body.encode()), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        written = BASE62[digit] + written
    return written
