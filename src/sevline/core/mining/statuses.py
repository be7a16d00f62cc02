"""HTTP's statuses of failures, told from other numbers by what stands beside them: a request that failed is another
thing to an engineer than one that did not, though one statement writes both.

Such a number stands behind `HTTP/1.1"`, behind `status` or `status code`, behind a method and its target, before a
method, or before the words that belong to it (`404 Not Found`). In a shape its marker is 4 or 5 in the place of 0; no
other digit stands in the shape of a message. The kernels of `marking` find the same.
"""

import re

from sevline.core.mining.fieldoutcomes import MARKS

OUTCOMES = {b"5": "5xx", b"4": "4xx", b"1": "failed"}
"""Markers of outcomes, what says most first."""

METHODS = (b"GET", b"PUT", b"POST", b"HEAD", b"PATCH", b"DELETE", b"OPTIONS")
REASONS = (
    b"Bad Req", b"Unautho", b"Payment", b"Forbidd", b"Not Fou", b"Method ", b"Request", b"Conflic", b"Unproce",
    b"Too Man", b"Interna", b"Bad Gat", b"Service", b"Gateway",
)  # fmt: skip
"""The first seven letters of the words of a status."""


_WORD = rb"A-Za-z0-9\x80-\xff"
_NUMBER = re.compile(rb"(?<![" + _WORD + rb"])[45][0-9]{2}(?![" + _WORD + rb"])")
_ANY_METHOD = rb"(?:" + b"|".join(METHODS) + rb")"
_BEFORE = re.compile(
    rb'HTTP(?:/[0-9](?:\.[0-9])?)?"? \Z'
    rb"|(?<![" + _WORD + rb"])[A-Za-z\x80-\xff]*(?i:status(?:[ _\-]?code)?)[\"']? ?[:=]? ?[\"']?\Z"
    rb"|(?<![" + _WORD + rb"])" + _ANY_METHOD + rb" [^ ]*/[^ ]* \Z"
)
_BEHIND = re.compile(rb" (?:" + _ANY_METHOD + rb" |" + b"|".join(REASONS) + rb")")
_OPENING = frozenset((b"", b" ", b'"', b"'", b"(", b"[", b"="))


def failures_in(text: bytes) -> frozenset[int]:
    """Where in a text of one message a line the numbers begin that are statuses of failures; not all of them need be
    values of their own."""
    return frozenset(found.start() for found in _NUMBER.finditer(text) if _fails(text, found.start()))


def _fails(text: bytes, at: int) -> bool:
    begin, end = text.rfind(b"\n", 0, at) + 1, text.find(b"\n", at)
    line, place = text[begin : end if end >= 0 else len(text)], at - begin
    if line[max(0, place - 1) : place] in _OPENING and _BEHIND.match(line, place + 3):
        return True
    return _BEFORE.search(line[:place]) is not None


def outcome_of(shape: bytes, lead: bytes) -> str:
    """What a shape says of the requests that it is of: 5xx, 4xx, failed, or nothing. `lead` stands before its
    message."""
    told, message = _told_by_fields(shape, lead), shape[shape.rfind(lead) + 1 :]
    return next((name for mark, name in OUTCOMES.items() if mark == told or mark in message), "")


def _told_by_fields(shape: bytes, lead: bytes) -> bytes:
    """The marker at the end of what stands before the message, or nothing (see `fieldoutcomes`)."""
    end = shape.find(lead)
    return shape[end - 1 : end] if end > 1 and shape[end - 2 : end] in MARKS else b""


def without_outcomes(shape: bytes, lead: bytes) -> bytes:
    """The shape with the marker of any value in the place of those of statuses, and without what fields told."""
    if _told_by_fields(shape, lead):
        before, _, message = shape.partition(lead)
        shape = before[:-2] + lead + message if len(before) > 2 else message
    begin = shape.rfind(lead) + 1
    if shape.find(b"4", begin) < 0 and shape.find(b"5", begin) < 0:
        return shape
    return shape[:begin] + shape[begin:].replace(b"4", b"0").replace(b"5", b"0")
