"""A message into its shape: every run that holds a digit, with what is joined to it, becomes `0`.

So `-1` and `1`, `0x1f`, `10.0.0.1:80`, a UUID and a date are the same marker, and one statement has few shapes. A
status of HTTP that tells a failure becomes `4` or `5` instead (see `statuses`).
"""

import re
from functools import lru_cache

from sevline.core.mining.fieldoutcomes import MARKS, NONE
from sevline.core.mining.statuses import failures_in
from sevline.core.readers.logs.formats.access_log import STATUS_WORDS

_STATUS_BYTES = 3
_LETTERS = rb"[A-Za-z\x80-\xff]"
_RUN = _LETTERS + rb"*+[0-9][A-Za-z0-9\x80-\xff]*+"
# Linear: letters are taken possessively, and no run is tried from its middle, because the byte before it is looked at.
_VALUE = re.compile(
    rb"(?<![A-Za-z0-9\x80-\xff])[+-]?" + _RUN + rb"(?:[.:\-/_,](?:" + _RUN + rb"|[A-Fa-f]{2,}+(?![A-Za-z\x80-\xff])))*+"
)


def mask(text: bytes) -> bytes:
    """The shape of one message, or of many, one a line."""
    failures = failures_in(text)
    if not failures:
        return _VALUE.sub(b"0", text)

    def marker(found: re.Match[bytes]) -> bytes:
        begin, end = found.span()
        return text[begin : begin + 1] if begin in failures and end - begin == _STATUS_BYTES else b"0"

    return _VALUE.sub(marker, text)


LEAD = b"\x1f"
"""Stands between what the header says of a record and the shape of its message."""

RAISED = b" \x1e"
"""Stands between the shape of a message and what the trace below it says was raised, and where."""

_PLACE = re.compile(rb"..*\.[A-Za-z\x80-\xff][A-Za-z0-9\x80-\xff]*:[0-9]+", re.DOTALL)
_LETTERS_OF = {"TRACE": b"T", "DEBUG": b"D", "INFO": b"I", "WARN": b"W", "ERROR": b"E", "FATAL": b"F"}
_LEAD_BYTES = 200


@lru_cache(maxsize=1 << 14)
def lead_of(level: str | None, logger: str | None, outcome: int = NONE) -> bytes:
    """What leads the shape of a record: its place in the source where the header names it, else level and logger;
    behind that what its fields tell of the outcome (see `fieldoutcomes`)."""
    name = (logger or "").encode("utf-8", "replace")[:_LEAD_BYTES]
    if _PLACE.fullmatch(name):
        return b"@" + name + MARKS[outcome] + LEAD
    lead = _LETTERS_OF.get(level or "", b"") + (b" " + mask(name) if name else b"") + MARKS[outcome]
    return lead + LEAD if lead else b""


_METHOD = re.compile(rb"(?:\A|[ \x1f])[A-Z]{3,9} \S*\Z")
_TARGET = 1000


def without_end(shape: bytes) -> tuple[bytes, bytes]:
    """The shape of the message alone; behind it what a trace below it says was raised, or how a request of an access
    log was answered. It tells the records of one statement apart, and says nothing of which statement that is."""
    message, sign, raised = shape.rpartition(RAISED)
    if sign:
        return message, raised
    request, sign, word = shape.rpartition(b" status ")
    if sign and word in STATUS_WORDS and _METHOD.search(request[-_TARGET:]):
        return request, b"status " + word
    return shape, b""


def is_place(lead: bytes) -> bool:
    """Whether a lead names the place in the source."""
    return lead[:1] == b"@"
