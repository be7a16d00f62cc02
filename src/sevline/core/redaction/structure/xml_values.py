"""The texts and attributes of an XML document with their places; the strict parser judges it first."""

import base64
import binascii
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from sevline.core.redaction.secret_names import is_of_form, is_ordinary, says_secret
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.neighbours import Beside, may_tell, of_parent, told
from sevline.core.redaction.structure.spans import Span, Treatment

_LEXEME = re.compile(
    r"<!--(?P<comment>.*?)-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>"
    r"|</(?P<close>[^\s>]+)\s*>|<(?P<open>[^\s/>!?]+)(?P<attributes>(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*)>|(?P<text>[^<]+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PERSONS = frozenset(("NameID", "AttributeValue", "NameIdentifier"))
_PUBLIC = frozenset(("X509Certificate", "SignatureValue", "DigestValue", "CipherValue", "Modulus", "Exponent"))
_EXPANDED = 20_000_000
_DECLARATION = re.compile(rb"(?:[^<]|<\?[^>]*>|<!--[^>]*>)*<!DOCTYPE")
DOCTYPE = "The XML declares a document type (DOCTYPE), which is refused."
#: Attributes and elements that hold the name of a setting, and those that hold its value.
_NAMES = frozenset(("name", "key", "property", "parameter", "variable", "setting", "field", "param-name"))
_VALUES = frozenset(("value", "val", "string", "default", "content", "data", "param-value"))
_OF_SETTING = re.compile(r"[\w .$-]{1,60}")


def check_xml(data: bytes) -> None:
    """Raises StructureError where the document declares a type, is not well-formed or nests too deep."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _declares_a_type(data):
            raise StructureError(DOCTYPE) from None
        if "depth" in str(error):
            raise StructureError("The XML is nested too deep to follow its structure.") from None
        raise StructureError(f"The XML is not well-formed ({str(error).rstrip('.')}).") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise StructureError(DOCTYPE)


def _declares_a_type(data: bytes) -> bool:
    """Also where the parser gave up on what the declaration says, as on entities that hold each other."""
    return _DECLARATION.match(data[:65_536].replace(b"\0", b"")) is not None


def xml_values(text: str) -> list[Span]:
    """Texts, comments and attribute values in order; certificates and signatures are public and left out."""
    walk = _Walk()
    for found in _LEXEME.finditer(text):
        kind = found.lastgroup
        if kind == "close":
            walk.close()
        elif kind == "attributes":
            walk.open(found)
        elif kind is not None:
            walk.content(_text(found, kind), comment=kind == "comment")
    return walk.spans


class _Walk:
    """The way through a document: the open elements, and the pieces of the name or attribute value it is in."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.path: list[str] = []
        self.told: list[str] = []
        self.said = ""
        self.person: list[Span] | None = None
        #: Of each open element the names of its children, and the texts of which the others may tell something.
        self.children: list[tuple[list[str], list[Span]]] = []

    def open(self, found: re.Match[str]) -> None:
        attributes = _attributes(found)
        said = next((span.value for span in attributes if span.field.lower() in _NAMES), "")
        for span in attributes:
            if span.field.lower() in _VALUES:
                _name(span, said)
        name = found["open"].rpartition(":")[2]
        for span in attributes:
            span.field = of_parent(span.field, name)
        self.spans += attributes
        if self.children:
            self.children[-1][0].append(name)
        if found["attributes"].rstrip().endswith("/"):
            return
        self.told.append(said)
        self.path.append(name)
        self.children.append(([], []))
        if self.path[-1] in _PERSONS and self.person is None:
            self.person = []

    def close(self) -> None:
        name = self.path.pop() if self.path else ""
        if self.told:
            self.told.pop()
        names, untold = self.children.pop() if self.children else ([], [])
        if untold:
            beside = Beside(names)
            for span in untold:
                span.field = told(span.field, beside)
        if name in _PERSONS and not _PERSONS.intersection(self.path):
            _as_one(self.person or [])
            self.person = None

    def content(self, span: Span, *, comment: bool) -> None:
        within = self.path[-1] if self.path else ""
        if within in _PUBLIC:
            return
        if self.person is not None and not comment:
            self.person.append(span)
        elif not comment:
            span.field = of_parent(within, self.path[-2]) if len(self.path) > 1 else within
            if may_tell(within) and span.field == within and len(self.children) > 1:
                self.children[-2][1].append(span)
            if says_secret(within):
                span.treatment = Treatment.SECRET
            else:
                self._of_setting(span, within.lower())
        self.spans.append(span)

    def _of_setting(self, span: Span, within: str) -> None:
        """A text whose name stands in an attribute of its element or of the one around it, or in the element before."""
        if not span.value.strip():
            return
        if told := self.told[-1] if self.told else "":
            _name(span, told)
        elif within in _NAMES:
            self.said = span.value.strip()
        elif within in _VALUES:
            around = self.path[-2] if len(self.path) > 1 and says_secret(self.path[-2]) else ""
            _name(span, around or self.said or (self.told[-2] if len(self.told) > 1 else ""))
            self.said = ""


def _name(span: Span, told: str) -> None:
    """The name of a setting becomes that of its value's field."""
    if not _OF_SETTING.fullmatch(told):
        return
    span.field = told
    if says_secret(told) and not is_ordinary(told, span.value.strip(), loose=False):
        span.treatment = Treatment.SECRET


def _as_one(parts: list[Span]) -> None:
    """A value that comments or elements cut into pieces is one value: the first piece carries its pseudonym."""
    filled = [part for part in parts if part.value.strip()]
    whole = "".join(part.value for part in parts)
    for part in filled[1:]:
        part.treatment = Treatment.EMPTY
    if filled:
        filled[0].treatment, filled[0].whole = Treatment.PERSON, whole


def _text(found: re.Match[str], kind: str) -> Span:
    raw = found[kind]
    start, end = found.span(kind)
    if kind == "text":
        return Span(start, end, decoded(raw), escape)
    return Span(start, end, raw, _harmless if kind == "cdata" else escape)


def _harmless(value: str) -> str:
    return value.replace("]]>", "]]&gt;")


def _attributes(found: re.Match[str]) -> list[Span]:
    offset = found.start("attributes")
    spans: list[Span] = []
    beside = Beside(attribute[1].rpartition(":")[2] for attribute in _ATTRIBUTE.finditer(found["attributes"]))
    for attribute in _ATTRIBUTE.finditer(found["attributes"]):
        group = 2 if attribute[2] is not None else 3
        name = attribute[1].rpartition(":")[2]
        if attribute[1].startswith("xmlns"):
            continue
        span = Span(
            offset + attribute.start(group), offset + attribute.end(group), decoded(attribute[group]), _in_attribute
        )
        span.field = told(name, beside) if may_tell(name) else name
        if says_secret(name) and not is_of_form(name, span.value):
            span.treatment = Treatment.SECRET
        spans.append(span)
    return spans


def _in_attribute(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def decoded(raw: str) -> str:
    """Text without its character references; what is not one of XML's own stays as it is written."""

    def one(entity: re.Match[str]) -> str:
        if entity[3]:
            return _NAMED[entity[3]]
        code = int(entity[1], 16) if entity[1] else int(entity[2])
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else entity.group()

    return _ENTITY.sub(one, raw) if "&" in raw else raw


@dataclass(frozen=True, slots=True)
class Packed:
    """A message as it travels in a form or a redirect: base64, perhaps deflated, perhaps percent-encoded."""

    text: str
    pack: Callable[[str], str]


def unpacked(text: str) -> Packed | None:
    """The XML inside, or None where the text is no packed message."""
    bare = text.strip()
    if not bare or bare.startswith("<"):
        return None
    percent = "%" in bare
    try:
        data = base64.b64decode("".join((unquote(bare) if percent else bare).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    deflated = not data.lstrip().startswith(b"<")
    if deflated:
        try:
            data = zlib.decompressobj(-15).decompress(data, _EXPANDED)
        except zlib.error:
            return None
    try:
        inner = data.decode()
    except UnicodeDecodeError:
        return None

    def pack(masked: str) -> str:
        if masked == inner:
            return text
        packed = base64.b64encode(_deflate(masked.encode()) if deflated else masked.encode()).decode()
        return quote(packed, safe="") if percent else packed

    return Packed(inner, pack)


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
