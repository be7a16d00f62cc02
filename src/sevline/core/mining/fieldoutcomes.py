"""What the fields beside a message say of its outcome: a constant message is the same whether its request failed.

Told by a status of HTTP from 400 to 599 (`"status":503`, `http.response.status_code=404`), by a word of failure where
an outcome is told (`outcome=denied`), and by `success` or `error` being false or true. A field in a list is one of
many things and tells nothing. Nor does one of an inner object where the line's own status tells of success: what failed
is a part of it, such as an earlier attempt. The kernels of `fieldmarks` find the same.
"""

import re
from itertools import islice

NONE, FAILED, CLIENT, SERVER = range(4)
"""From what says least to what says most: of several fields, the most counts."""

MARKS = (b"", b"\x1e1", b"\x1e4", b"\x1e5")
"""Stand at the end of what leads a shape. No masked text holds one: a status is told by what stands before it, and no
other digit is left there."""

OUTCOME = b"\x1e"
"""Stands in each of them."""

STATUS, WORD, TRUE_IS_FINE, TRUE_IS_BAD, OF_CALL = 1, 2, 4, 8, 16
"""What the value of a key may tell, and what a word tells; OF_CALL: codes of calls that are common words elsewhere."""

KEY_BYTES, VALUE_BYTES = 48, 32

_KEYS = {
    STATUS | WORD: "status httpstatus httpstatuscode httpresponsestatus httpresponsestatuscode responsestatus "
    "responsestatuscode responsecode httpcode downstreamstatus",
    STATUS | WORD | OF_CALL: "statuscode",
    WORD: "outcome eventoutcome result verdict",
    WORD | OF_CALL: "grpccode grpcstatus rpcstatus otelstatuscode",
    TRUE_IS_FINE: "success succeeded successful issuccess issuccessful ok",
    TRUE_IS_BAD: "error failed failure iserror isfailed haserror haserrors hasfailed",
}
_WORDS = {
    WORD: "fail failed failure error errored denied deny rejected refused forbidden unauthorized unauthorised "
    "unauthenticated permissiondenied unavailable timeout timedout deadlineexceeded aborted unsuccessful crashed "
    "internalerror servererror",
    OF_CALL: "internal dataloss",
    TRUE_IS_FINE: "false",
    TRUE_IS_BAD: "true",
}
KEYS = {name.encode(): kind for kind, names in _KEYS.items() for name in names.split()}
WORDS = {word.encode(): kind for kind, words in _WORDS.items() for word in words.split()}
"""Both in lower case and without what is in SKIPPED."""

SKIPPED = b" ._-"
_JSON = re.compile(
    rb'"([A-Za-z0-9_.\-]{2,%d})"[ \t]*:[ \t]*'
    rb'(?:"([^"\\]{1,%d})"|([A-Za-z0-9]{1,%d})(?![A-Za-z0-9.+\-]))' % (KEY_BYTES, VALUE_BYTES, VALUE_BYTES)
)
_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
_PAIR = re.compile(rb'([A-Za-z_@][\w.\-/@]{0,80})=(?:"((?:[^"\\]|\\.)*+)"|([^\s"]*+))')
_PAIRS = 60


def outcome_in(line: bytes) -> int:
    """NONE, FAILED, CLIENT or SERVER of a line of JSON or logfmt."""
    return _in_json(line) if line.lstrip()[:1] == b"{" else _in_pairs(line)


def _in_json(line: bytes) -> int:
    own = inner = NONE
    is_fine = False
    nesting = _Nesting(line)
    for pair in _JSON.finditer(line):
        key, quoted, bare = pair.groups()
        kind, value = KEYS.get(_plain(key)), bare if quoted is None else quoted
        if kind is None:
            continue
        told = told_by(kind, value)
        nesting.go_to(pair.start())
        if nesting.lists == 0 and nesting.objects > 1:
            inner = max(inner, told)
        elif nesting.lists == 0:
            own, is_fine = max(own, told), is_fine or (told == NONE and bool(kind & STATUS) and _is_status(value))
    return own if is_fine else max(own, inner)


class _Nesting:
    """How many lists and objects stand open at a place of a line, which is walked through once."""

    def __init__(self, line: bytes) -> None:
        self.lists = self.objects = 0
        self._signs = _NESTING.finditer(line)
        self._next = next(self._signs, None)

    def go_to(self, at: int) -> None:
        while self._next is not None and self._next.start() < at:
            sign = self._next[0]
            self.lists += (sign == b"[") - (sign == b"]")
            self.objects += (sign == b"{") - (sign == b"}")
            self._next = next(self._signs, None)


def _in_pairs(line: bytes) -> int:
    most = NONE
    for pair in islice(_PAIR.finditer(line), _PAIRS):
        key, quoted, bare = pair.groups()
        kind = KEYS.get(_plain(key)) if len(key) <= KEY_BYTES else None
        if kind is not None:
            most = max(most, told_by(kind, bare if quoted is None else quoted))
    return most


def told_by(kind: int, value: bytes) -> int:
    """What a value says under a key of that kind."""
    if len(value) > VALUE_BYTES:
        return NONE
    if kind & STATUS and _is_status(value):
        return {b"4": CLIENT, b"5": SERVER}.get(value[:1], NONE)
    return FAILED if WORDS.get(_plain(value), 0) & kind else NONE


def _is_status(value: bytes) -> bool:
    """Three digits, alone or before a blank."""
    return value[:3].isdigit() and len(value) >= 3 and (len(value) == 3 or value[3:4] == b" ")


def _plain(text: bytes) -> bytes:
    return text.lower().translate(None, SKIPPED)
