"""A sign-in made here: a healthy SAML response with everything around it, open to edits before and after signing."""

import base64
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree
from lxml.etree import _Element
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod

from sevline.core.finding import Given
from sevline.core.readers.saml import BrokenSaml, NotSamlError, SpSettings, read_saml, unwrap
from sevline.core.readers.xml import BadXmlError
from tests.evidence import ACS, EMAIL, ENTITY, IDP, START, AnySigner, key_pair, metadata, request, settings, stamp

P = "{urn:oasis:names:tc:SAML:2.0:protocol}"
A = "{urn:oasis:names:tc:SAML:2.0:assertion}"
D = "{http://www.w3.org/2000/09/xmldsig#}"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
REQUIRED = ("email", "department")
DATA = f"{A}Subject/{A}SubjectConfirmation/{A}SubjectConfirmationData"
TEMPLATE = f"""<samlp:Response xmlns:samlp="{P[1:-1]}" xmlns:saml="{A[1:-1]}" ID="_r1" Version="2.0"
 IssueInstant="{{issued}}" Destination="{ACS}" InResponseTo="_q1"><saml:Issuer>{IDP}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="_a1" Version="2.0" IssueInstant="{{issued}}"><saml:Issuer>{IDP}</saml:Issuer>
<saml:Subject><saml:NameID Format="{EMAIL}" SPNameQualifier="{ENTITY}">kim@example.com</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData InResponseTo="_q1" Recipient="{ACS}" NotOnOrAfter="{{until}}"/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{{since}}" NotOnOrAfter="{{until}}"><saml:AudienceRestriction>
<saml:Audience>{ENTITY}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{{issued}}" SessionIndex="_s1" SessionNotOnOrAfter="{{session}}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>kim@example.com</saml:AttributeValue>
</saml:Attribute><saml:Attribute Name="department"><saml:AttributeValue>Support</saml:AttributeValue></saml:Attribute>
</saml:AttributeStatement></saml:Assertion></samlp:Response>"""


@cache
def signing_key(name: str) -> RSAPrivateKey:
    """Read once: reading a key proves its primes again, which takes longer than signing with it."""
    key = serialization.load_pem_private_key(key_pair(name)[0], password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


@dataclass
class Draft:
    """Everything that one fault may change. `after` are edits of the signed tree, `raw` of the bytes that arrive."""

    root: _Element = field(
        default_factory=lambda: etree.fromstring(
            TEMPLATE.format(issued=stamp(-1), since=stamp(-60), until=stamp(300), session=stamp(28_800))
        )
    )
    sign: str = "assertion"
    key: str = "idp"
    embeds: bool = True
    method: SignatureMethod = SignatureMethod.RSA_SHA256
    digest: DigestAlgorithm = DigestAlgorithm.SHA256
    c14n: CanonicalizationMethod = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
    after: list[Callable[["Draft"], None]] = field(default_factory=list)
    raw: list[Callable[[bytes], bytes]] = field(default_factory=list)
    provider: dict[str, Any] = field(default_factory=lambda: {"keys": ("idp",)})
    service: dict[str, Any] = field(default_factory=dict)
    context: str = PASSWORD
    at: float = 0.0

    @property
    def assertion(self) -> _Element | None:
        return self.root.find(f"{A}Assertion")

    def find(self, path: str) -> _Element | None:
        return None if self.assertion is None else self.assertion.find(path)

    def data(self) -> bytes:
        """The bytes that arrive: signed, then edited again."""
        if self.sign in {"assertion", "both"} and self.assertion is not None:
            self._sign(self.assertion)
        if self.sign in {"response", "both"}:
            self._sign(self.root)
        for edit in self.after:
            edit(self)
        data = etree.tostring(self.root)
        for change in self.raw:
            data = change(data)
        return data

    def _sign(self, element: _Element) -> None:
        certificate = key_pair(self.key)[1]
        spot = etree.Element(f"{D}Signature", {"Id": "placeholder"}, {"ds": D[1:-1]})
        element.insert(len(element.findall(f"{A}Issuer")), spot)
        signer = AnySigner(
            method=SignatureConstructionMethod.enveloped,
            signature_algorithm=self.method,
            digest_algorithm=self.digest,
            c14n_algorithm=self.c14n,
        )
        key, name = signing_key(self.key), element.get("ID")
        done = signer.sign(element, key=key, cert=[certificate], reference_uri=name, id_attribute="ID")
        signature = done.find(f"{D}Signature")
        assert signature is not None
        info = signature.find(f"{D}KeyInfo")
        if not self.embeds and info is not None:
            signature.remove(info)
        element.replace(spot, deepcopy(signature))

    def evidence(self) -> list[Given]:
        """The response as it is read, with metadata, settings and the request beside it."""
        keys = self.provider.pop("keys", ())
        beside: list[Given] = [metadata(*keys, **self.provider), self.settings(), request(context=self.context)]
        return [*read(self.data(), START + timedelta(seconds=self.at)), *beside]

    def settings(self) -> SpSettings:
        return settings(**{"required_attributes": REQUIRED, "name_id_format": EMAIL} | self.service)


def read(data: bytes, at: datetime) -> list[Given]:
    """As the bench reads a file that should be a SAML message."""
    try:
        return read_saml(unwrap(data), "a1", at=at)
    except BadXmlError as problem:
        return [BrokenSaml("a1", str(problem), problem.line, problem.column)]
    except NotSamlError as problem:
        return [BrokenSaml("a1", str(problem))]


def packed(data: bytes) -> bytes:
    return base64.b64encode(data)
