"""Evidence for tests, made here: recorded calls, SAML messages signed with a key of the moment, and a runner."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner

from sevline.core.checks import every_check
from sevline.core.finding import Finding, Given, State
from sevline.core.readers.har import read_har
from sevline.core.readers.http import Har
from sevline.core.readers.saml import IdpMetadata, SamlRequest, SamlResponse, SpSettings, read_saml

SAMPLES = Path(__file__).parent / "samples"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACS = "https://desk.example.com/saml/acs"
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
P = "urn:oasis:names:tc:SAML:2.0:protocol"
A = "urn:oasis:names:tc:SAML:2.0:assertion"
ENTITY = "https://desk.example.com/saml"
IDP = "https://idp.example.net/metadata"


def call(
    status: int = 200,
    *,
    url: str = "https://api.example.com/v1/orders",
    method: str = "GET",
    after: float = 0.0,
    millis: float = 40.0,
    sent: dict[str, str] | None = None,
    received: dict[str, str] | None = None,
    body: str = "",
    post: str = "",
    error: str = "",
    kind: str = "fetch",
) -> dict[str, Any]:
    """One HAR entry, `after` seconds past START."""
    request: dict[str, Any] = {"method": method, "url": url, "headers": _headers(sent)}
    if post:
        request["postData"] = {"mimeType": "application/json", "text": post}
    response: dict[str, Any] = {"status": status, "headers": _headers(received), "content": {"text": body}}
    response["redirectURL"] = (received or {}).get("Location", "")
    if error:
        response["_error"] = error
    return {
        "startedDateTime": (START + timedelta(seconds=after)).isoformat(),
        "time": millis,
        "request": request,
        "response": response,
        "timings": {"send": 1, "wait": millis - 2, "receive": 1},
        "_resourceType": kind,
    }


def _headers(values: dict[str, str] | None) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in (values or {}).items()]


def har_bytes(*entries: dict[str, Any]) -> bytes:
    creator = {"name": "a test", "version": "1"}
    return json.dumps({"log": {"version": "1.2", "creator": creator, "entries": list(entries)}}, indent=1).encode()


def har(*entries: dict[str, Any]) -> Har:
    return read_har(har_bytes(*entries), "a1").har


def found(check_id: str, *evidence: Given) -> list[Finding]:
    return list(every_check()[check_id].run(evidence))


def states(check_id: str, *evidence: Given) -> set[State]:
    return {finding.state for finding in found(check_id, *evidence)}


def token(claims: dict[str, Any]) -> str:
    parts = ({"alg": "RS256", "kid": "k1"}, claims)
    return ".".join([*(_url64(json.dumps(part).encode()) for part in parts), _url64(b"not a signature")])


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@cache
def key_pair(name: str = "idp") -> tuple[bytes, x509.Certificate]:
    """A private key in PEM and its certificate, valid from a day before START."""
    days = {"expired": -100, "soon": 10}.get(name, 365)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.example.net")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(START - timedelta(days=400))
        .not_valid_after(START + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()), certificate


def stamp(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def saml_xml(**changes: str) -> bytes:
    """A healthy response whose parts are replaced by name; a part replaced by "" is left out."""
    parts = {
        "version": ' Version="2.0"',
        "id": ' ID="_r1"',
        "destination": f' Destination="{ACS}"',
        "in_response_to": ' InResponseTo="_q1"',
        "issued": f' IssueInstant="{stamp(-1)}"',
        "status": '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>',
        "assertion_issuer": f"<a:Issuer>{IDP}</a:Issuer>",
        "issuer": f"<a:Issuer>{IDP}</a:Issuer>",
        "name_id": f'<a:NameID Format="{EMAIL}">kim@example.com</a:NameID>',
        "recipient": f' Recipient="{ACS}"',
        "until": stamp(300),
        "since": stamp(-60),
        "audience": f"<a:AudienceRestriction><a:Audience>{ENTITY}</a:Audience></a:AudienceRestriction>",
        "statement": f'<a:AuthnStatement AuthnInstant="{stamp(-5)}"><a:AuthnContext><a:AuthnContextClassRef>'
        "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>",
        "attributes": '<a:AttributeStatement><a:Attribute Name="email"><a:AttributeValue>kim@example.com'
        "</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        "extra": "",
    } | changes
    return f"""<p:Response xmlns:p="{P}" xmlns:a="{A}"
{parts["version"]}{parts["id"]}{parts["destination"]}{parts["in_response_to"]}{parts["issued"]}>{parts["issuer"]}
{parts["status"]}<a:Assertion Version="2.0" ID="_a1" IssueInstant="{stamp(-1)}">{parts["assertion_issuer"]}
<a:Subject>{parts["name_id"]}<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<a:SubjectConfirmationData NotOnOrAfter="{parts["until"]}"{parts["recipient"]}/></a:SubjectConfirmation></a:Subject>
<a:Conditions NotBefore="{parts["since"]}" NotOnOrAfter="{parts["until"]}">{parts["audience"]}</a:Conditions>
{parts["statement"]}{parts["attributes"]}</a:Assertion>{parts["extra"]}</p:Response>""".encode()


class AnySigner(XMLSigner):
    """The library refuses to make the outdated signatures that have to be told from broken ones."""

    def check_deprecated_methods(self) -> None:
        return


def signed(xml: bytes, *, key: str = "idp", sha1: bool = False) -> bytes:
    """The response with its assertion signed, the signature after the issuer as SAML asks."""
    private, certificate = key_pair(key)
    root = etree.fromstring(xml)
    assertion = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
    assert assertion is not None
    place = etree.Element(
        "{http://www.w3.org/2000/09/xmldsig#}Signature",
        {"Id": "placeholder"},
        {"ds": "http://www.w3.org/2000/09/xmldsig#"},
    )
    assertion.insert(1, place)
    signer = AnySigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA1 if sha1 else SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA1 if sha1 else DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    done = signer.sign(assertion, key=private, cert=[certificate], reference_uri="_a1", id_attribute="ID")
    parent = assertion.getparent()
    assert parent is not None
    parent.replace(assertion, done)
    return etree.tostring(root)


def response(xml: bytes | None = None, *, at: float | None = 0.0, sent_to: str = "", **changes: str) -> SamlResponse:
    """A parsed response used `at` seconds past START, or at a time not known."""
    when = None if at is None else START + timedelta(seconds=at)
    (read,) = read_saml(xml or saml_xml(**changes), "a1", at=when, sent_to=sent_to)
    assert isinstance(read, SamlResponse)
    return read


def settings(**changes: Any) -> SpSettings:
    return SpSettings(**{"artifact": "a2", "entity_id": ENTITY, "acs_urls": (ACS,)} | changes)


def request(name: str = "_q1", context: str = "") -> SamlRequest:
    wanted = (
        f"<p:RequestedAuthnContext><a:AuthnContextClassRef>{context}</a:AuthnContextClassRef></p:RequestedAuthnContext>"
    )
    xml = f"""<p:AuthnRequest xmlns:p="{P}" xmlns:a="{A}"
 ID="{name}" Version="2.0" IssueInstant="{stamp(-20)}">{wanted if context else ""}</p:AuthnRequest>"""
    (read,) = read_saml(xml.encode(), "a3", at=START)
    assert isinstance(read, SamlRequest)
    return read


def metadata(
    *keys: str, entity: str = IDP, until: str = "", binding: str = "HTTP-POST", at: float = 0.0
) -> IdpMetadata:
    found = "".join(
        f'<m:KeyDescriptor use="signing"><d:KeyInfo><d:X509Data><d:X509Certificate>{_pem_body(key)}</d:X509Certificate>'
        "</d:X509Data></d:KeyInfo></m:KeyDescriptor>"
        for key in keys
    )
    xml = f"""<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata"
 xmlns:d="http://www.w3.org/2000/09/xmldsig#" entityID="{entity}"{f' validUntil="{until}"' if until else ""}>
<m:IDPSSODescriptor>{found}<m:SingleSignOnService
 Binding="urn:oasis:names:tc:SAML:2.0:bindings:{binding}" Location="https://idp.example.net/sso"/></m:IDPSSODescriptor>
</m:EntityDescriptor>"""
    (read,) = read_saml(xml.encode(), "a4", at=START + timedelta(seconds=at))
    assert isinstance(read, IdpMetadata)
    return read


def _pem_body(key: str) -> str:
    return base64.b64encode(key_pair(key)[1].public_bytes(serialization.Encoding.DER)).decode()


def shared(*parts: str) -> list[Path]:
    """Third-party samples beside the repository, where there are any."""
    folder = Path(__file__).parents[1].joinpath("..", "shared", "samples", *parts)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def ids(findings: Sequence[Finding], *wanted: State) -> set[str]:
    return {finding.check_id for finding in findings if finding.state in wanted}
