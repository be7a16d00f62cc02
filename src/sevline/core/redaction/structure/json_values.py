"""The strings of a JSON document with their places, read without recursion and without building the document."""

import json
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import NamedTuple

from sevline.core.redaction.detectors.coordinates import says_place
from sevline.core.redaction.holders import NAMES, VALUES, holds_secrets, is_chosen, is_held, says_of_pair
from sevline.core.redaction.secret_names import is_mask, is_of_form, is_way_to_sign_in, says_secret
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.neighbours import Beside, may_tell, of_parent, told
from sevline.core.redaction.structure.spans import Span, Treatment
from sevline.core.surrogates import whole_pairs

#: Where a string begins; a bracket; a number or word.
_LEXEME = re.compile(r'["{}\[\]]|[^\s"{}\[\],:]+')
_COLON = re.compile(r"\s*:")
#: A string with an escape that is none: it ends where any other would.
_ANY_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
#: Possessive, and also without its end: from no quotation mark within is looked to the end of the text again.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?P<end>"?)', re.DOTALL)
#: Members that say how another member of their object is treated.
_TELLING = frozenset(
    ("name", "key", "value", "text", "encoding", "mimeType", "kty", "d", "p", "q", "dp", "dq", "qi", "k")
)
_CAPITAL = frozenset(("Name", "Key", "Value"))
#: Members of a JSON Web Key that make it a private one.
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "k")
#: Those of them whose own treatment may change when their object closes.
_CHANGING = frozenset(("value", "text", "d", "p", "q", "dp", "dq", "qi", "k"))
#: Characters of a piece, and how many objects and lists may be open at its end: document, log, entries.
BATCH = 6_000_000
OUTER = 3
_COOKIE_HEADERS = frozenset(("cookie", "set-cookie", "set-cookie2"))
_CREDENTIAL_HEADERS = frozenset(("authorization", "proxy-authorization"))
#: Numbers of so many digits may be those of cards and persons.
SHORTEST_NUMBER = 8
#: Lists in which names and values stand by turns, as Node and PHP keep headers.
_ALTERNATES = re.compile(r"(?i:raw_?(?:request_?|response_?)?headers?|raw|header_?(?:list|pairs)|headers)")
#: Lists of the shares of a master key, and one of those.
_SHARES = re.compile(r"(?i:(?:[a-z]+_)?keys(?:_base64|_b64|_hex)?)")
_SHARE = re.compile(r"[0-9a-f]{64}(?:[0-9a-f]{2})?|(?=.*[0-9])(?=.*[A-Z])[A-Za-z0-9+/]{43,44}=?")
#: Lists of codes that sign in where the telephone is lost.
_CODES = re.compile(r"(?i:(?:recovery|backup|scratch|rescue|emergency|otp)[_-]?codes)")
#: Of one object.
MOST_VALUES = 8
_NAMED_PAIRS = frozenset(("headers", "cookies", "queryString", "params"))
_FORM = frozenset(("queryString", "params"))
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/javascript", "+json", "+xml", "urlencoded")


def checked_json(text: str, *, har: bool) -> str:
    """The text, in which halves of surrogate pairs that stand alone are U+FFFD: no other text could hold them.

    Raises StructureError where the document is not whole, nests too deep, or is no HAR although it should be.
    """
    try:
        _check(text, har=har)
    except StructureError:
        mended = whole_pairs(text.encode("utf-8", "surrogatepass"))
        if mended is None:
            raise
        text = mended.decode("utf-8", "surrogatepass")
        _check(text, har=har)
    return text


def _check(text: str, *, har: bool) -> None:
    import msgspec

    plain = text.lstrip("\ufeff")
    whole = plain if plain.isascii() else plain.encode("utf-8", "surrogatepass")
    try:
        document = msgspec.json.decode(whole, type=dict[str, msgspec.Raw] if har else msgspec.Raw)
        log = bytes(memoryview(document["log"])[:1]) if isinstance(document, dict) and "log" in document else b""
    except RecursionError:
        raise StructureError("The JSON is nested too deep to follow its structure.") from None
    except msgspec.ValidationError:
        log = b""
    except (msgspec.DecodeError, UnicodeError) as error:
        raise StructureError(f"The JSON is broken or cut off ({str(error).rstrip('.')}).") from None
    if har and log != b"{":
        raise StructureError("This is JSON, but no HAR: it has no “log”.")


@dataclass(slots=True)
class _Frame:
    """One object or array that is open, with what its members have said so far."""

    is_object: bool
    name: str  # the member under which it stands
    secret: Treatment | None  # how every value below it is treated
    key: str = ""
    members: dict[str, Span] = field(default_factory=dict)
    sensitive: bool = False  # it says so of its value
    keys: list[str] = field(default_factory=list)
    untold: list[Span] = field(default_factory=list)  # what their neighbours may yet say something of
    holds: bool = False  # nothing but secrets, under any names
    called: Span | None = None  # what one member says that another one is called
    values: list[Span] = field(default_factory=list)  # what may be called so
    before: str = ""  # of a list the text before
    alternates: bool = False  # a list of names and values by turns
    count: int = 0


def json_values(text: str) -> list[Span]:
    """Every string of a well-formed document, keys included, in order, with its treatment."""
    return [span for batch in json_batches(text) for span in batch]


def json_batches(text: str, plain: Collection[tuple[str, str]] = frozenset()) -> Iterator[list[Span]]:
    """The same in pieces of about BATCH characters, so that a large document is never held as spans in full.

    A piece ends between members of an outer list or object. What may still be decided when an open object closes
    stays for a later piece. Keys and values that stand in `plain`, each with the name of its field, hold nothing to
    mask and are left out; it may grow meanwhile. What stands open at the end of a document that was cut off closes
    there, and a bracket that closes nothing is passed over: each value is treated by what is left to tell it.
    """
    spans: list[Span] = []
    stack: list[_Frame] = []
    begun = 0
    place = 0
    while (lexeme := _LEXEME.search(text, place)) is not None:
        start, place = lexeme.span()
        if (first := text[start]) == '"':
            place = _string(text, start, stack, spans, plain)
        elif first in "{[":
            stack.append(_opened(first == "{", stack))
        elif first in "}]":
            _close(stack)
            if place - begun >= BATCH and len(stack) <= OUTER and not _undecided(stack):
                yield spans
                spans, begun = [], place
        else:
            _number(lexeme, stack, spans)
    for frame in stack:
        _settle_cut(frame)
    yield spans


def _object(stack: list[_Frame]) -> _Frame:
    """The innermost object that is open; one around all where a piece of a document begins within."""
    if not stack:
        stack.append(_opened(is_object=True, stack=stack))
    return stack[-1]


def _close(stack: list[_Frame]) -> None:
    if stack and ((frame := stack.pop()).members or frame.untold or frame.values):
        _settle(frame)


def open_ending(text: str) -> str | None:
    """What follows the last whole character of a string that is open at the end: nothing, or a lone backslash.

    None where no string is open.
    """
    last = deque(_STRING.finditer(text), 1)
    return text[last[0].end() :] if last and not last[0]["end"] else None


def _undecided(stack: list[_Frame]) -> bool:
    """Whether an open object holds a member whose treatment hangs on another one that may follow."""
    return any(frame.members or frame.untold for frame in stack)


def _opened(is_object: bool, stack: list[_Frame]) -> _Frame:
    if not stack:
        return _Frame(is_object, "", None)
    parent = stack[-1]
    name = parent.key or parent.name
    if parent.called is not None and parent.key.lower() in VALUES:
        called = parent.called.value.rpartition("/")[2]
        name = called if says_secret(called) else name
    frame = _Frame(is_object, name, parent.secret)
    if parent.is_object:
        secret, frame.holds = _held(name, is_object=is_object)
        frame.secret = secret or parent.secret
    frame.alternates = not is_object and _ALTERNATES.fullmatch(name) is not None
    return frame


@lru_cache(maxsize=4_096)
def _held(name: str, *, is_object: bool) -> tuple[Treatment | None, bool]:
    """How all that stands in an object or a list of this name is treated, and whether its members are secrets."""
    return _of_members(name, is_object=is_object), is_object and holds_secrets(name)


def _of_members(name: str, *, is_object: bool) -> Treatment | None:
    """How all that stands in an object or a list of this name is treated, where the name says so."""
    if is_object:
        return Treatment.COOKIE if name.lower() in ("cookies", "cookie") else None
    return Treatment.SECRET if says_secret(name.removesuffix("s")) or _CODES.fullmatch(name) else None


def _string(text: str, start: int, stack: list[_Frame], spans: list[Span], plain: Collection[tuple[str, str]]) -> int:
    """Takes the key or value that begins at `start`, and answers where to read on: behind a quote that none closes."""
    try:
        value, end = scanstring(text, start + 1, False)
    except ValueError:  # an escape that was cut off
        if (found := _ANY_STRING.match(text, start)) is None:
            return start + 1
        value, end = found[1], found.end()
    if (colon := _COLON.match(text, end)) is None:
        _text_value(start, end, value, stack, spans, plain)
        return int(end)
    frame = _object(stack)
    frame.key = value
    frame.keys.append(value)
    if ("", value) not in plain:
        spans.append(Span(start, end, value, _written))
    return colon.end()


def _text_value(
    start: int, end: int, value: str, stack: list[_Frame], spans: list[Span], plain: Collection[tuple[str, str]]
) -> None:
    frame = stack[-1] if stack else _Frame(is_object=False, name="", secret=None)
    member = _member(frame.key, frame.name) if frame.is_object else _listed(frame.name)
    treatment = frame.secret or member.of_value(frame.key, value)
    treatment = _by_place(frame, value) if treatment is Treatment.TEXT else treatment
    known = treatment is Treatment.TEXT and not member.hangs and (member.field, value) in plain
    if not known or member.tells or member.calls:
        span = Span(start, end, value, _written, treatment, "", member.field)
        _remember(frame, member, span)
        if not known or member.changes:
            spans.append(span)


def _by_place(frame: _Frame, value: str) -> Treatment:
    """How a value is treated for its place in its object or list, which goes on to the next place."""
    if frame.is_object:
        return Treatment.SECRET if frame.holds and is_held(frame.name, frame.key, value) else Treatment.TEXT
    before, frame.before, frame.count = frame.before, value, frame.count + 1
    if before and _is_told_before(frame, before, value):
        return Treatment.SECRET
    is_share = _SHARE.fullmatch(value) is not None and _SHARES.fullmatch(frame.name) is not None
    return Treatment.SECRET if is_share else Treatment.TEXT


def _is_told_before(frame: _Frame, before: str, value: str) -> bool:
    """Whether the text before in a list says that this one is secret: a header's name, an option, half of a pair."""
    if frame.alternates:
        return frame.count % 2 == 0 and says_of_pair(before, value)
    if before.startswith("--"):
        return "=" not in before and not value.startswith("-") and says_of_pair(before, value)
    return frame.count == 2 and says_of_pair(before, value) and is_chosen(value)


def _remember(frame: _Frame, member: "_Member", span: Span) -> None:
    """The object keeps a member that tells of others, and one of which others may tell."""
    if member.calls and frame.called is None:
        frame.called = span
    if member.holds and len(frame.values) < MOST_VALUES:
        frame.values.append(span)
    if member.hangs:
        frame.untold.append(span)
    if member.tells:
        frame.members[member.tells] = span


class _Member(NamedTuple):
    """What the names of a member and of its object say of a value."""

    treatment: Treatment
    field: str  # under which it is looked at
    hangs: bool  # others may tell of it
    tells: str  # as what the object keeps it, because it tells of others
    changes: bool  # its treatment may change when the object closes
    calls: bool  # it may say how another member is called
    holds: bool  # it may be what is called so

    def of_value(self, key: str, value: str) -> Treatment:
        """As the field's name says, unless the value is a text of a page."""
        told = self.treatment is Treatment.SECRET and (is_of_form(key, value) or is_mask(value))
        told |= self.treatment is Treatment.CREDENTIALS and is_way_to_sign_in(value)
        return Treatment.TEXT if told else self.treatment


@lru_cache(maxsize=8_192)
def _member(name: str, parent: str) -> _Member:
    field = of_parent(name, parent)
    tells = name if name in _TELLING else name.lower() if name in _CAPITAL else ""
    lower = name.lower()
    changes = lower in _CHANGING or lower in VALUES
    hangs = may_tell(name) and field == name
    return _Member(_by_key(name), field, hangs, tells, changes, lower in NAMES, lower in VALUES)


@lru_cache(maxsize=4_096)
def _listed(name: str) -> _Member:
    """The same of a text in a list, which is looked at under the name of the list: `"surname": ["…"]`."""
    return _member("", name)._replace(field=name)


def _number(lexeme: re.Match[str], stack: list[_Frame], spans: list[Span]) -> None:
    frame = stack[-1] if stack else _Frame(is_object=False, name="", secret=None)
    raw = lexeme[0]
    frame.sensitive |= frame.key == "sensitive" and raw == "true"
    if not _may_tell(raw, frame):
        return
    name = frame.key if frame.is_object else frame.name if says_place(frame.name) else ""
    span = Span(lexeme.start(), lexeme.end(), raw, _written, _treatment(frame), field=name)
    if name in _TELLING:
        frame.members[name] = span
    spans.append(span)


def _may_tell(raw: str, frame: _Frame) -> bool:
    """Whether a number is long enough for one of a card or person, or stands under a name for a secret or a place."""
    if len(raw) >= SHORTEST_NUMBER and raw.isdigit():
        return True
    if "." in raw and says_place(frame.key if frame.is_object else frame.name):
        return True
    return frame.is_object and raw not in ("true", "false", "null") and _treatment(frame) is not Treatment.TEXT


def _written(value: str) -> str:
    return json.dumps(value)


def _treatment(frame: _Frame) -> Treatment:
    if frame.secret is not None:
        return frame.secret
    return _by_key(frame.key) if frame.is_object else Treatment.TEXT


@lru_cache(maxsize=4_096)
def _by_key(key: str) -> Treatment:
    name = key.lower()
    if name in _COOKIE_HEADERS:
        return Treatment.COOKIES
    if name in _CREDENTIAL_HEADERS:
        return Treatment.CREDENTIALS
    return Treatment.SECRET if says_secret(key) else Treatment.TEXT


def _settle(frame: _Frame) -> None:
    """When an object closes its `name` or `key` is known, and with it what its `value` is."""
    name, value = frame.members.get("name") or frame.members.get("key"), frame.members.get("value")
    if value is not None and (frame.sensitive or says_secret(frame.name)):
        value.treatment = Treatment.SECRET
    elif name is not None and value is not None:
        value.treatment = _pair_treatment(name.value, frame.name, value.treatment)
        value.field = name.value
    _settle_pairs(frame)
    if frame.untold:
        beside = Beside(frame.keys)
        for span in frame.untold:
            span.field = told(span.field, beside)
    _settle_body(frame)
    if "kty" in frame.members:
        for member in filter(None, map(frame.members.get, _PRIVATE)):
            member.treatment = Treatment.SECRET


def _settle_pairs(frame: _Frame) -> None:
    """What is called by another member or by its object's name: `{"header": "X-Auth-Token", "text": "…"}`."""
    called = frame.called.value if frame.called is not None else frame.name
    for span in frame.values:
        if span.treatment is Treatment.TEXT and says_of_pair(called, span.value):
            span.treatment = Treatment.SECRET


def _settle_body(frame: _Frame) -> None:
    """What its `text` is, by its `encoding` and its type."""
    body = frame.members.get("text")
    encoding = frame.members.get("encoding")
    if body is not None and encoding is not None and encoding.value == "base64":
        kind = frame.members.get("mimeType")
        readable = kind is not None and any(part in kind.value for part in _TEXT_TYPES)
        body.treatment = Treatment.ENCODED if readable else Treatment.BINARY


def _settle_cut(frame: _Frame) -> None:
    """As `_settle` where the document ends within the object: a value whose name is lost may be anything."""
    _settle(frame)
    value = frame.members.get("value")
    if value is not None and "name" not in frame.members and frame.name in _NAMED_PAIRS:
        value.treatment = Treatment.SECRET


def _pair_treatment(name: str, within: str, otherwise: Treatment) -> Treatment:
    lower = name.lower()
    if within == "cookies":
        return Treatment.COOKIE
    if lower in _COOKIE_HEADERS:
        return Treatment.COOKIES
    if lower in _CREDENTIAL_HEADERS:
        return Treatment.CREDENTIALS
    if says_secret(name.rpartition("/")[2], in_url=within in _FORM):
        return Treatment.SECRET
    return otherwise
