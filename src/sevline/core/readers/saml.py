"""SAML 2.0 messages out of the wrappings they travel in, and the metadata and settings they are judged against."""

import base64
import binascii
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote_to_bytes

from sevline.core.finding import Evidence, Given
from sevline.core.readers.moments import iso_moment
from sevline.core.readers.xml import parse, path_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

P = "{urn:oasis:names:tc:SAML:2.0:protocol}"
A = "{urn:oasis:names:tc:SAML:2.0:assertion}"
M = "{urn:oasis:names:tc:SAML:2.0:metadata}"
D = "{http://www.w3.org/2000/09/xmldsig#}"
X = "{http://www.w3.org/2001/04/xmlenc#}"

#: A message beyond this many bytes after inflating is not a SAML message.
MAX_MESSAGE = 5_000_000


class SamlDocument(Given):
    """Anything that is or should be a SAML document."""

    __slots__ = ()
    what = "a SAML message or metadata"
    how = "Record a HAR with content while signing in, or export the SAMLResponse from a SAML tracer."


@dataclass(frozen=True, slots=True)
class Message(SamlDocument):
    """One parsed XML document. `data` are its bytes before redaction, which signatures are verified against."""

    what = "a SAML message"
    how = "Record a HAR with content while signing in, or export the SAMLResponse from a SAML tracer."

    # `at_known` is False where `at` is only the time that the message itself gives.
    artifact: str
    root: "_Element" = field(repr=False)
    data: bytes = field(repr=False, default=b"")
    at: datetime | None = None
    sent_to: str = ""
    at_known: bool = True

    def cite(
        self, element: "_Element", attribute: str = "", *, observed: object = None, expected: object = ""
    ) -> Evidence:
        if observed is None:
            observed = element.get(attribute, "") if attribute else text_of(element)
        return Evidence(self.artifact, path_of(element, attribute), str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class SamlResponse(Message):
    """A samlp:Response. `at` is when it was sent; `sent_to` is the URL that it was posted to, where a HAR shows it."""

    what = "a SAML response"

    @property
    def assertions(self) -> "list[_Element]":
        return self.root.findall(f"{A}Assertion")

    @property
    def encrypted(self) -> "list[_Element]":
        return self.root.findall(f"{A}EncryptedAssertion")

    def each(self, path: str) -> "Iterator[_Element]":
        """Elements at a path inside each assertion, such as `{A}Subject/{A}NameID`."""
        for assertion in self.assertions:
            yield from assertion.findall(path)


@dataclass(frozen=True, slots=True)
class SamlRequest(Message):
    what = "the SAML AuthnRequest"
    how = "Record a HAR from before the sign-in starts; it then holds the AuthnRequest that the response answers."


@dataclass(frozen=True, slots=True)
class IdpMetadata(Message):
    """One md:EntityDescriptor with an IDPSSODescriptor."""

    what = "the identity provider's metadata"
    how = "Ask the customer for the federation metadata XML of their identity provider (its URL or the file)."

    @property
    def entity_id(self) -> str:
        return self.root.get("entityID", "")

    @property
    def signing_certificates(self) -> "list[_Element]":
        """ds:X509Certificate elements of keys whose use is signing or not stated."""
        keys = self.root.findall(f"{M}IDPSSODescriptor/{M}KeyDescriptor")
        signing = [key for key in keys if key.get("use", "signing") == "signing"]
        return [one for key in signing for one in key.iter(f"{D}X509Certificate")]


@dataclass(frozen=True, slots=True)
class SpSettings(Given):
    """What the service provider expects. `certificates` are the identity provider's, base64 or PEM as written.

    `taken` says which place was taken for what, as (meaning, locator, key); `unsure` is a question for a person each.
    """

    what = "the service provider's SAML settings"
    how = "Take the entity ID, the assertion consumer URLs and the signing demands from our tenant's SSO settings."

    artifact: str
    entity_id: str = ""
    acs_urls: tuple[str, ...] = ()
    wants_assertions_signed: bool | None = None
    wants_messages_signed: bool | None = None
    wants_assertions_encrypted: bool | None = None
    wants_name_id_encrypted: bool | None = None
    wants_attributes: bool | None = None
    name_id_format: str = ""
    required_attributes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    audience: str = ""
    idp_entity_id: str = ""
    certificates: tuple[str, ...] = field(default=(), repr=False)
    taken: tuple[tuple[str, str, str], ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenSaml(SamlDocument):
    """Text that should be a SAML message and cannot be read, with the place of the fault in the artefact."""

    stands_for = Message
    said_by = "SAML01"

    artifact: str
    reason: str
    line: int = 1
    column: int = 1


class NotSamlError(ValueError):
    """The bytes hold no SAML message; the message is a sentence."""


def unwrap(data: bytes) -> bytes:
    """The XML inside: as it is, base64, base64 and deflated, URL-encoded, or a form field. Raises NotSamlError."""
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if len(text) > 2 * MAX_MESSAGE:
        raise NotSamlError("The SAML message is larger than 10 MB and was not read.")
    if text.startswith(b"<") or text[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return text
    if b"SAMLResponse=" in text or b"SAMLRequest=" in text:
        text = _form_field(text)
    if b"%" in text:
        text = unquote_to_bytes(text)
    try:
        packed = base64.b64decode(_in_groups(b"".join(text.split())), validate=True)
    except (binascii.Error, ValueError):
        raise NotSamlError("The text is neither XML nor base64 of a SAML message.") from None
    if packed.lstrip().startswith(b"<") or packed[:3] == b"\xef\xbb\xbf":
        return packed.strip()
    return _inflate(packed)


def _in_groups(letters: bytes) -> bytes:
    """Base64 whose end was lost in copying, filled up, so that what is there tells that it is cut."""
    if len(letters) % 4 == 0:
        return letters
    bare = letters.rstrip(b"=")
    bare = bare[:-1] if len(bare) % 4 == 1 else bare
    return bare + b"=" * (-len(bare) % 4)


def _form_field(text: bytes) -> bytes:
    query = text.decode("latin-1").split("?", 1)[-1].strip()
    fields = parse_qs(query.replace("+", "%2B"), max_num_fields=100)
    values = fields.get("SAMLResponse") or fields.get("SAMLRequest") or [""]
    return values[0].encode("latin-1", "replace")


def _inflate(packed: bytes) -> bytes:
    try:
        engine = zlib.decompressobj(-15)
        text = engine.decompress(packed, MAX_MESSAGE)
    except zlib.error:
        raise NotSamlError("The base64 holds neither XML nor deflated XML.") from None
    if engine.unconsumed_tail or not text.lstrip().startswith(b"<"):
        raise NotSamlError("The base64 holds neither XML nor deflated XML of a usual size.")
    return text.strip()


def read_saml(data: bytes, artifact: str, *, at: datetime | None = None, sent_to: str = "") -> list[Given]:
    """The messages, metadata and settings in one XML document. Raises NotSamlError or BadXmlError with a sentence."""
    root = parse(data)
    kinds: dict[str, type[Message]] = {f"{P}Response": SamlResponse, f"{P}AuthnRequest": SamlRequest}
    if root.tag in kinds:
        when = at or iso_moment(root.get("IssueInstant"))
        return [kinds[str(root.tag)](artifact, root, data, when, sent_to, at_known=at is not None)]
    if root.tag in {f"{M}EntityDescriptor", f"{M}EntitiesDescriptor"}:
        return list(_metadata(root, data, artifact, at))
    raise NotSamlError("The XML is neither a SAML response, a request nor metadata.")


def _metadata(root: "_Element", data: bytes, artifact: str, at: datetime | None) -> Iterator[Given]:
    for entity in root.iter(f"{M}EntityDescriptor"):
        if entity.find(f"{M}IDPSSODescriptor") is not None:
            yield IdpMetadata(artifact, entity, data, at)
        service = entity.find(f"{M}SPSSODescriptor")
        if service is not None:
            yield _sp_settings(entity, service, artifact)


def _sp_settings(entity: "_Element", service: "_Element", artifact: str) -> SpSettings:
    flag = service.get("WantAssertionsSigned")
    wanted = [
        one.get("Name", "")
        for one in service.iter(f"{M}RequestedAttribute")
        if one.get("isRequired", "").lower() in {"true", "1"}
    ]
    formats = [text_of(one) for one in service.findall(f"{M}NameIDFormat")]
    return SpSettings(
        artifact,
        entity_id=entity.get("entityID", ""),
        acs_urls=tuple(one.get("Location", "") for one in service.findall(f"{M}AssertionConsumerService")),
        wants_assertions_signed=None if flag is None else flag.lower() in {"true", "1"},
        name_id_format=formats[0] if len(formats) == 1 else "",
        required_attributes=tuple(wanted),
    )
