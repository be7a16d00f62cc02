"""The strings of a JSON document with their places, read without recursion and without building the document."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sevline.core.redaction.secret_names import says_secret
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.spans import Span, Treatment

_LEXEME = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+')
#: Characters of a piece, and how many objects and lists may be open at its end: document, log, entries.
BATCH = 6_000_000
OUTER = 3
_COOKIE_HEADERS = frozenset(("cookie", "set-cookie", "set-cookie2"))
_CREDENTIAL_HEADERS = frozenset(("authorization", "proxy-authorization"))
#: Numbers of so many digits may be those of cards and persons.
SHORTEST_NUMBER = 8
_FORM = frozenset(("queryString", "params"))
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/javascript", "+json", "+xml", "urlencoded")


def check_json(text: str, *, har: bool) -> None:
    """Raises StructureError where the document is not whole, nests too deep, or is no HAR although it should be."""
    import msgspec

    try:
        document = msgspec.json.decode(text.lstrip("\ufeff").encode("utf-8", "surrogatepass"))
    except RecursionError:
        raise StructureError("The JSON is nested too deep to follow its structure.") from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise StructureError(f"The JSON is broken or cut off ({str(error).rstrip('.')}).") from None
    if har and not (isinstance(document, dict) and isinstance(document.get("log"), dict)):
        raise StructureError("This is JSON, but no HAR: it has no “log”.")


@dataclass(slots=True)
class _Frame:
    """One object or array that is open, with what its members have said so far."""

    is_object: bool
    name: str  # the member under which it stands
    secret: Treatment | None  # how every value below it is treated
    key: str = ""
    expects_key: bool = False
    members: dict[str, Span] = field(default_factory=dict)


def json_values(text: str) -> list[Span]:
    """Every string of a well-formed document, keys included, in order, with its treatment."""
    return [span for batch in json_batches(text) for span in batch]


def json_batches(text: str) -> Iterator[list[Span]]:
    """The same in pieces of about BATCH characters, so that a large document is never held as spans in full.

    A piece ends between members of an outer list or object. What may still be decided when an open object closes
    stays for a later piece.
    """
    spans: list[Span] = []
    stack: list[_Frame] = []
    begun = 0
    for lexeme in _LEXEME.finditer(text):
        first = text[lexeme.start()]
        if first in "{[":
            stack.append(_opened(first == "{", stack))
        elif first in "}]":
            _settle(stack.pop())
            if lexeme.end() - begun >= BATCH and len(stack) <= OUTER and not _undecided(stack):
                yield spans
                spans, begun = [], lexeme.end()
        elif first == "," and stack:
            stack[-1].expects_key = stack[-1].is_object
        elif first not in ":,":
            spans += _scalar(lexeme, stack)
    yield spans


def _undecided(stack: list[_Frame]) -> bool:
    """Whether an open object holds a member whose treatment hangs on another one that may follow."""
    return any(name in frame.members for frame in stack for name in ("name", "value", "text", "encoding", "mimeType"))


def _opened(is_object: bool, stack: list[_Frame]) -> _Frame:
    if not stack:
        return _Frame(is_object, "", None, expects_key=is_object)
    parent = stack[-1]
    name = parent.key or parent.name
    secret = parent.secret
    if parent.is_object and is_object and name.lower() in ("cookies", "cookie"):
        secret = Treatment.COOKIE
    elif parent.is_object and not is_object and says_secret(name.removesuffix("s")):
        secret = Treatment.SECRET
    return _Frame(is_object, name, secret, expects_key=is_object)


def _scalar(lexeme: re.Match[str], stack: list[_Frame]) -> Iterator[Span]:
    frame = stack[-1] if stack else _Frame(is_object=False, name="", secret=None)
    raw = lexeme.group()
    is_text = raw.startswith('"')
    value = raw if not is_text else raw[1:-1] if "\\" not in raw else json.loads(raw, strict=False)
    span = Span(lexeme.start(), lexeme.end(), value, _written)
    if frame.expects_key:
        frame.key, frame.expects_key = value, False
        yield span
        return
    if not (is_text or _may_tell(raw, frame)):
        return
    span.treatment = _treatment(frame)
    if frame.is_object:
        frame.members[frame.key] = span
        span.field = frame.key
    yield span


def _may_tell(raw: str, frame: _Frame) -> bool:
    """Whether a number is long enough for one of a card or person, or stands under a name that says secret."""
    if len(raw) >= SHORTEST_NUMBER and raw.isdigit():
        return True
    return frame.is_object and raw not in ("true", "false", "null") and _treatment(frame) is not Treatment.TEXT


def _written(value: str) -> str:
    return json.dumps(value)


def _treatment(frame: _Frame) -> Treatment:
    if frame.secret is not None:
        return frame.secret
    name = frame.key.lower()
    if not frame.is_object:
        return Treatment.TEXT
    if name in _COOKIE_HEADERS:
        return Treatment.COOKIES
    if name in _CREDENTIAL_HEADERS:
        return Treatment.CREDENTIALS
    if says_secret(frame.key):
        return Treatment.SECRET
    return Treatment.TEXT


def _settle(frame: _Frame) -> None:
    """When an object closes its `name` is known, and with it what its `value` is."""
    name, value = frame.members.get("name"), frame.members.get("value")
    if name is not None and value is not None:
        value.treatment = _pair_treatment(name.value, frame.name, value.treatment)
        value.field = name.value
    body = frame.members.get("text")
    encoding = frame.members.get("encoding")
    if body is not None and encoding is not None and encoding.value == "base64":
        kind = frame.members.get("mimeType")
        readable = kind is not None and any(part in kind.value for part in _TEXT_TYPES)
        body.treatment = Treatment.ENCODED if readable else Treatment.BINARY


def _pair_treatment(name: str, within: str, otherwise: Treatment) -> Treatment:
    lower = name.lower()
    if within == "cookies":
        return Treatment.COOKIE
    if lower in _COOKIE_HEADERS:
        return Treatment.COOKIES
    if lower in _CREDENTIAL_HEADERS:
        return Treatment.CREDENTIALS
    if says_secret(name, in_url=within in _FORM):
        return Treatment.SECRET
    return otherwise
