"""What people paste into letters and forms: quoted lines as they were, and SAML messages that stand in a text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from sevline.core.readers.saml import NotSamlError, unwrap

PROTOCOL = b"urn:oasis:names:tc:SAML:2.0"
MAX_MESSAGES, LONGEST = 20, 400_000
#: Lines that begin with a mark of quotation, at least, for a text to quote something.
LEAST_QUOTED = 3
_QUOTED = re.compile(rb"^[ \t]{0,8}(?:>[ \t]?)+", re.MULTILINE)
_RUN = rb"[A-Za-z0-9+/_%-]{60,}={0,2}(?:(?:\r\n|[\r\n])[> \t]{0,8}[A-Za-z0-9+/_%-]{60,}={0,2})*"
_FIELD = re.compile(
    rb"(SAMLResponse|SAMLRequest)(?:\\?[\"'\]])*[ \t]*(?:=>|[=:]|\bvalue=)[ \t]*(?:\\?[\"'])?[\s>]{0,40}"
    rb"((?:" + _RUN + rb")(?:(?:\r\n|[\r\n])[> \t]{0,8}[A-Za-z0-9+/_%-]{1,76}={0,2}(?=[\s\"'<&]|$))?)"
)
#: Base64 as a page of HTML holds it, where some write its signs as references.
_VALUE = rb"\bvalue=[\"']((?:[A-Za-z0-9+/=%\s]|&(?:#[0-9]{2,4}|#[xX][0-9A-Fa-f]{1,4}|plus|equals|sol|NewLine|Tab);){60,})[\"']"
_NAME = rb"\bname=[\"']?(SAMLResponse|SAMLRequest)\b[\"']?"
_INPUT = re.compile(rb"<input\b[^>]{0,200}" + _NAME + rb"[^>]{0,200}?" + _VALUE, re.IGNORECASE)
_INPUT_LAST = re.compile(rb"<input\b[^>]{0,200}?" + _VALUE + rb"[^>]{0,200}?" + _NAME, re.IGNORECASE)
_XML = re.compile(
    rb"<(?:[\w-]{1,40}:)?(Response|AuthnRequest|LogoutRequest|LogoutResponse)\b[^<>]{0,4000}"
    + re.escape(PROTOCOL)
    + rb":protocol"
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A message of that field as it stands in a text, from byte `start` to `end`; `packed` can be unwrapped."""

    field: str
    packed: bytes
    start: int
    end: int
    line: int


#: What curl sends and notes in a transcript of its own: the mark before it is no quotation.
_CURL = re.compile(rb"^(?:\* {1,3}(?:Trying |Connected to |Host )|< HTTP/[\d.]{1,4} [1-5]\d\d)", re.MULTILINE)


def unquoted(data: bytes) -> bytes:
    """The text without the marks of a letter's quotation, each line in its place; any other text as it is."""
    quoted = len(_QUOTED.findall(data)) >= LEAST_QUOTED and not _CURL.search(data)
    return _QUOTED.sub(b"", data) if quoted else data


def saml_in(data: bytes, *, documents: bool) -> Iterator[Pasted]:
    """The SAML messages that stand in a text as form fields or members, and with `documents` as XML, in order."""
    if b"SAML" not in data:
        return
    written = _documents(data) if documents else ()
    found = sorted((*_fields(data), *written), key=lambda one: one.start)
    end = count = 0
    for one in found:
        if one.start >= end and count < MAX_MESSAGES:
            end, count = one.end, count + 1
            yield one


def _fields(data: bytes) -> Iterator[Pasted]:
    for found, name, value in _found(data):
        run = found[value]
        last = max(run.rfind(b"\n"), run.rfind(b"\r"))
        tried = dict.fromkeys((run, run[: max(last, 0)]))
        chosen = next(((one, text) for one in tried if (text := _readable(_bare(one)))), None)
        packed, readable = chosen or (run, _readable(_shortened(_bare(run))))
        if readable:
            start = found.start(value)
            line = data.count(b"\n", 0, start) + 1
            yield Pasted(found[name].decode(), readable, start, start + len(packed), line)


def _found(data: bytes) -> Iterator[tuple[re.Match[bytes], int, int]]:
    """Each place of a field, with the numbers of the groups that hold its name and its value."""
    yield from ((found, 1, 2) for pattern in (_FIELD, _INPUT) for found in pattern.finditer(data))
    yield from ((found, 2, 1) for found in _INPUT_LAST.finditer(data))


def _bare(run: bytes) -> bytes:
    if b"&" in run:
        run = unescape(run.decode("latin-1")).encode("latin-1", "replace")
    return b"".join(run.replace(b">", b" ").split())


def _shortened(bare: bytes) -> bytes:
    """Of a run that was cut, the whole groups of base64."""
    letters = bare if b"%" in bare else bare.rstrip(b"=")
    return letters[: len(letters) // 4 * 4]


def _readable(packed: bytes) -> bytes:
    try:
        return packed if 0 < len(packed) <= LONGEST and PROTOCOL in unwrap(packed)[:8192] else b""
    except NotSamlError:
        return b""


def _documents(data: bytes) -> Iterator[Pasted]:
    for found in _XML.finditer(data):
        opening = data[found.start() + 1 : found.start() + 80].split(maxsplit=1)[0]
        closing = data.find(b"</" + opening, found.end(), found.start() + LONGEST)
        if closing >= 0 and (end := data.find(b">", closing) + 1):
            field = "SAMLRequest" if b"Request" in found[1] else "SAMLResponse"
            line = data.count(b"\n", 0, found.start()) + 1
            yield Pasted(field, _QUOTED.sub(b"", data[found.start() : end]), found.start(), end, line)


def without(data: bytes, pasted: Sequence[Pasted], stands_for: Callable[[Pasted], bytes]) -> bytes:
    """The text with what stands for each message in its place; the lines stay as many as they were."""
    pieces: list[bytes] = []
    place = 0
    for one in pasted:
        pieces += (data[place : one.start], stands_for(one), b"\n" * data.count(b"\n", one.start, one.end))
        place = one.end
    return b"".join((*pieces, data[place:]))
