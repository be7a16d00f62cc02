"""A message into its shape: every run that holds a digit, with what is joined to it, becomes `0`.

So `-1` and `1`, `0x1f`, `10.0.0.1:80`, a UUID and a date are the same marker, and one statement has few shapes.
"""

import re

_LETTERS = rb"[A-Za-z\x80-\xff]"
_RUN = _LETTERS + rb"*+[0-9][A-Za-z0-9\x80-\xff]*+"
# Linear: letters are taken possessively, and no run is tried from its middle, because the byte before it is looked at.
_VALUE = re.compile(
    rb"(?<![A-Za-z0-9\x80-\xff])[+-]?" + _RUN + rb"(?:[.:\-/_,](?:" + _RUN + rb"|[A-Fa-f]{2,}+(?![A-Za-z\x80-\xff])))*+"
)


def mask(text: bytes) -> bytes:
    """The shape of one message, or of many, one a line."""
    return _VALUE.sub(b"0", text)
