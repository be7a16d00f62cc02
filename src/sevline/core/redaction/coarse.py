"""Texts and patterns in which all digits are the same, and all hexadecimal words of one length.

A log says the same again and again, at another time and of another trace. In the *coarse* form of a text each digit is
one and the same, and so is each character of a word of hexadecimal digits and letters; nothing else changes, and no
length does. The coarse form of a pattern matches the coarse text wherever the pattern matches the text. So what a
coarse row does not hold, none of the rows holds of which it is the form.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from sevline.core.redaction.needed import ALL, bits, characters, tokens

#: What stands for a digit, and for any character of a hexadecimal word: both are digits, so that words end where they
#: did. They are two, for a letter may be one of the second and never of the first.
DIGIT, HEX = "7", "8"
_DIGITS, _HEX_DIGITS = bits("0123456789"), bits("0123456789abcdefABCDEF")
_NO_HEX = re.compile(r"[G-Zg-z]")
_FLAGS = re.compile(r"\(\?[a-zA-Z-]*[:)]")
#: What says how often something stands, and what holds alternatives together: no characters of a text.
_MARK = re.compile(r"\(\?[a-zA-Z-]*[:)]|[?*+|()]|\{\d+(?:,\d*)?\}|")
_MAY_BE_MISSING = re.compile(r"[?*]|\{0+[,}]")
#: One sign that is of no word, as it is or behind a backslash.
_SIGN = re.compile(r"[ !\"#%&',/:;<=>@`~-]|\\[^A-Za-z0-9_]|\\[trn]|[\t\r\n]")
_RUN, _HEX_WORD, _DIGIT = re.compile(r"[A-Za-z0-9_]+|[^A-Za-z0-9_]+"), re.compile(r"[0-9A-Fa-f]+"), re.compile(r"[0-9]")
#: Letters that are no ASCII and match letters of it in any case: a word that holds one ends there for the coarse form.
FOLDED = ("\u017f", "\u212a")
_WORD, _IS_DIGIT, _IS_LETTER, _IS_OTHER = 1, 2, 4, 8
#: Bytes of which the coarse form is made at once.
AT_ONCE = 65_536


@lru_cache(2048)
def coarsened(pattern: str) -> str | None:
    """The pattern, of Rust's regular expressions, that finds a match in the coarse form of every text in which this one
    finds one; None where that cannot be told."""
    parts = tokens(pattern)
    if any("x" in part for part in parts if _FLAGS.fullmatch(part)) or any(map(_is_named, pairwise(parts))):
        return None
    around = ["", *parts, "", ""]
    return "".join(
        part if _MARK.fullmatch(part) or _is_word_of_letters(before, part, after, often) else _coarse_token(part)
        for before, part, after, often in zip(around, parts, around[2:], around[3:], strict=False)
    )


def _is_named(pair: tuple[str, str]) -> bool:
    return pair == ("(", "?")


def _is_word_of_letters(before: str, part: str, after: str, often: str) -> bool:
    """Whether it is letters of which the text's word can be no more: signs stand on both sides of them."""
    return (
        part.isascii()
        and part.isalpha()
        and _SIGN.fullmatch(before) is not None
        and _SIGN.fullmatch(after) is not None
        and not _MAY_BE_MISSING.match(often)
    )


@lru_cache(4096)
def _coarse_token(part: str) -> str:
    if part.isascii() and part.isalpha() and len(part) > 1:
        if _NO_HEX.search(part):
            return part  # all of it stands in one word of the text, which is not hexadecimal
        return "".join(map(_coarse_token, part))
    held = characters(part)
    more = "".join(
        sign
        for sign, instead_of in ((DIGIT, _DIGITS), (HEX, _HEX_DIGITS))
        if held & instead_of and (held == ALL or not held & bits(sign))
    )
    return f"[{part}{more}]" if more and part != "." else part


def coarse_literals(literal: str) -> list[str]:
    """The forms in which this literal may stand in a coarse text."""
    forms = [""]
    for run in _RUN.finditer(literal):
        is_open = run.start() == 0 or run.end() == len(literal)
        forms = [begun + form for begun in forms for form in _forms(run[0], is_open=is_open)]
    return forms


def _forms(run: str, *, is_open: bool) -> list[str]:
    """The forms of a word, or of the beginning or the end of one, or of what is no word."""
    plain, hexadecimal = _DIGIT.sub(DIGIT, run), HEX * len(run)
    if not _HEX_WORD.fullmatch(run):
        return [plain]
    if is_open:
        return [plain, hexadecimal]
    return [plain if run.isalpha() or run.isdecimal() else hexadecimal]


def _kinds() -> bytes:
    """For each byte whether it is of a word, and of what kind; what is no ASCII is of none."""
    kinds = bytearray(256)
    for sign in map(chr, range(128)):
        if sign.isdigit():
            kinds[ord(sign)] = _WORD | _IS_DIGIT
        elif bits(sign) & _HEX_DIGITS:
            kinds[ord(sign)] = _WORD | _IS_LETTER
        elif sign.isalpha() or sign == "_":
            kinds[ord(sign)] = _WORD | _IS_OTHER
    return bytes(kinds)


_KINDS, _NO_WORD = _kinds(), b"\0"
_ONE_DIGIT = bytes.maketrans(b"0123456789", DIGIT.encode() * 10)


def coarse(written: bytes) -> bytes:
    """The text with one digit for all digits, and one for all characters of words of hexadecimal digits and letters."""
    return b"".join(map(_coarse, _cut(written)))


def _cut(written: bytes) -> Iterator[bytes]:
    """The text in parts that cut no word: a longer one than a part makes its part longer."""
    start, size = 0, AT_ONCE
    while start + size < len(written):
        stop = written[start : start + size].translate(_KINDS).rfind(_NO_WORD) + 1
        if stop:
            yield written[start : start + stop]
        start, size = start + stop, AT_ONCE if stop else size * 2
    yield written[start:]


def _coarse(written: bytes) -> bytes:
    import numpy as np

    if not written:
        return b""
    kinds = np.frombuffer(written.translate(_KINDS), np.uint8)
    is_word = kinds != 0
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    edges = np.concatenate((np.zeros(1, edges.dtype), edges))
    is_hex = np.bitwise_or.reduceat(kinds, edges) == _WORD | _IS_DIGIT | _IS_LETTER
    digits = written.translate(_ONE_DIGIT)
    if not is_hex.any():
        return digits
    in_hex = np.repeat(is_hex, np.diff(edges, append=len(written)))
    return np.where(in_hex, np.uint8(ord(HEX)), np.frombuffer(digits, np.uint8)).tobytes()
