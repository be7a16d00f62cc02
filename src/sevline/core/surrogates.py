"""Halves of surrogate pairs in JSON, as JavaScript writes a text that was cut in the middle of a character."""

import re

_MAYBE = re.compile(rb"\\u[dD][89a-fA-F]")
#: Any escape; the group holds half of a pair that stands alone.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def whole_pairs(data: bytes) -> bytes | None:
    """JSON of the same length in which each half that stands alone is U+FFFD; None where there is none."""
    if _MAYBE.search(data) is None:
        return None
    mended = _ESCAPE.sub(lambda found: b"\\ufffd" if found[1] else found[0], data)
    return None if mended == data else mended
