"""XML signatures inside SAML messages: certificates, algorithms, and whether the signed bytes are unchanged."""

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.readers.saml import D
from sevline.core.readers.xml import text_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a sentence when the signature does not hold."""

    holds: bool
    reason: str = ""


def certificate(element: "_Element") -> "Certificate | None":
    """The certificate in a ds:X509Certificate element, or None when it cannot be decoded."""
    from cryptography.x509 import load_der_x509_certificate

    try:
        return load_der_x509_certificate(base64.b64decode("".join(text_of(element).split()), validate=True))
    except (ValueError, binascii.Error):
        return None


def fingerprint(one: "Certificate") -> str:
    """The first 16 hex digits of the SHA-256 of the certificate."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return one.fingerprint(SHA256()).hex()[:16]


def embedded(signature: "_Element") -> "list[_Element]":
    return list(signature.iter(f"{D}X509Certificate"))


def method_of(signature: "_Element") -> "tuple[_Element, str] | None":
    element = signature.find(f"{D}SignedInfo/{D}SignatureMethod")
    return None if element is None else (element, element.get("Algorithm", ""))


def digests_of(signature: "_Element") -> "list[_Element]":
    return signature.findall(f"{D}SignedInfo/{D}Reference/{D}DigestMethod")


def verify(signature: "_Element", key: "Certificate") -> Verdict:
    """Does the signature on its parent hold under this key. Old algorithms count: their safety is judged apart."""
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.exceptions import SignXMLException
    from signxml.verifier import SignatureConfiguration, XMLVerifier

    signed = signature.getparent()
    if signed is None:
        return Verdict(False, "The signature signs nothing.")
    config = SignatureConfiguration(
        location="./",
        signature_methods=frozenset(one for one in SignatureMethod if not one.name.startswith("HMAC")),
        digest_algorithms=frozenset(DigestAlgorithm),
        ignore_ambiguous_key_info=True,
        verification_time=key.not_valid_before_utc,
    )
    try:
        result = XMLVerifier().verify(signed, x509_cert=key, expect_config=config, id_attribute="ID")
    except (SignXMLException, ValueError, TypeError, KeyError, AttributeError) as problem:
        return Verdict(False, f"{type(problem).__name__}: {str(problem)[:160]}")
    covered = None if isinstance(result, list) else result.signed_xml
    if covered is None or covered.tag != signed.tag or covered.get("ID") != signed.get("ID"):
        return Verdict(False, "The signature covers another element than the one that holds it.")
    return Verdict(True)
