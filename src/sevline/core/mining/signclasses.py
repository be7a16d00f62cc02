"""What single signs are to whoever cuts messages into words: blanks, letters, brackets, and the codes of some."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Text = NDArray[np.uint8]

GAP, ALNUM, OPEN, CLOSE, LETTER, UPPER = 1, 2, 4, 8, 16, 32
SPACE, QUOTE, HASH, TICK, DASH, DOT, SLASH, MARK = 32, 34, 35, 39, 45, 46, 47, 48
COLON, LESS, EQUAL, GREATER, BACK, GRAVE, BANG, ROUND, SQUARE, TILDE = 58, 60, 61, 62, 92, 96, 33, 40, 91, 126


def _classes() -> "Text":
    table = np.zeros(256, np.uint8)
    for code in range(256):
        sign = chr(code)
        letter = code >= 128 or (sign.isascii() and sign.isalpha())
        table[code] = (
            GAP * (sign in " \t,;\n\r")
            | ALNUM * (letter or sign.isdigit() or sign == "_")
            | OPEN * (sign in "([{<")
            | CLOSE * (sign in ")]}")
            | LETTER * letter
            | UPPER * (code < 128 and sign.isupper())
        )
    return table


def _closers() -> "Text":
    table = np.zeros(256, np.uint8)
    for opener, closer in ("()", "[]", "{}", "<>"):
        table[ord(opener)] = ord(closer)
    return table


CLASSES = _classes()
CLOSERS = _closers()
