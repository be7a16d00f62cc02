"""Check digits and sums by which a number or a token proves its kind."""

import zlib
from collections.abc import Sequence

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


#: Each digit as the sum of the digits of its double.
_DOUBLED = str.maketrans("0123456789", "0246813579")


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right doubled, the sum divisible by ten. ASCII digits only."""
    summed = digits[-1::-2] + digits[-2::-2].translate(_DOUBLED)
    return (sum(summed.encode()) - ord("0") * len(summed)) % 10 == 0


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


def only_digits(text: str) -> str:
    """The ASCII digits of a text, marks between groups left out."""
    return "".join(character for character in text if "0" <= character <= "9")


def weighted_sum(digits: str, weights: Sequence[int]) -> int:
    """Each digit by the weight at its place; the shorter of the two decides how far."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


_VERHOEFF_STEP = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _dihedral(left: int, right: int) -> int:
    """The product of two elements of the dihedral group of order ten."""
    if left < 5:
        return (left + right) % 5 if right < 5 else (left + right) % 5 + 5
    return (left - right) % 5 + 5 if right < 5 else (left - right) % 5


def verhoeff(digits: str) -> bool:
    """Verhoeff's check over the dihedral group, as Aadhaar uses it."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        moved = int(digit)
        for _ in range(place % 8):
            moved = _VERHOEFF_STEP[moved]
        check = _dihedral(check, moved)
    return check == 0


def mod11_10(digits: str) -> bool:
    """ISO 7064 MOD 11,10: the German tax number."""
    product = 10
    for digit in digits[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[-1])


def is_date(year: int, month: int, day: int) -> bool:
    """A day of the calendar, as far as a number of two digits for the year lets one tell."""
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year >= 0 and 1 <= month <= 12 and 1 <= day <= longest[month - 1]
