"""XML signatures inside SAML messages: certificates, algorithms, and whether the signed bytes are unchanged."""

import base64
import binascii
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.readers.saml import D
from sevline.core.readers.xml import text_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a sentence when the signature does not hold; `key_fits` where the key is known to have made it."""

    holds: bool
    reason: str = ""
    key_fits: bool = False


def certificate(element: "_Element") -> "Certificate | None":
    """The certificate in a ds:X509Certificate element, or None when it cannot be decoded."""
    return certificate_of(text_of(element))


def certificate_of(text: str) -> "Certificate | None":
    """From base64 or PEM, with whatever line breaks; None when it is no certificate."""
    from cryptography.x509 import load_der_x509_certificate

    lines = [line for line in text.replace("\\n", "\n").splitlines() if not line.strip().startswith("-----")]
    body = "".join("".join(lines).split()).removeprefix("-----BEGINCERTIFICATE-----").partition("-----")[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old serial numbers and names are the customer's, not ours to complain of
            return load_der_x509_certificate(base64.b64decode(body, validate=True))
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
    from lxml.etree import LxmlError
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.exceptions import InvalidDigest, SignXMLException
    from signxml.verifier import SignatureConfiguration

    from sevline.core.readers.xmlverifier import Verifier

    signed = signature.getparent()
    if signed is None:
        return Verdict(False, "The signature signs nothing.")
    if not _is_readable(key):
        return Verdict(False, "the key in its certificate is damaged or of a kind that cannot be read.")
    config = SignatureConfiguration(
        location="./",
        signature_methods=frozenset(one for one in SignatureMethod if not one.name.startswith("HMAC")),
        digest_algorithms=frozenset(DigestAlgorithm),
        ignore_ambiguous_key_info=True,
        verification_time=key.not_valid_before_utc,
    )
    try:
        result = Verifier().verify(signed, x509_cert=key, expect_config=config, id_attribute="ID")
    except InvalidDigest:
        reason = "the key fits, and what it signed was changed afterwards: the digest of the signed part differs."
        return Verdict(False, reason, key_fits=True)
    except (SignXMLException, LxmlError, ValueError, TypeError, KeyError, AttributeError) as problem:
        return _unfit(signature, key, f"{type(problem).__name__}: {str(problem)[:160]}")
    covered = None if isinstance(result, list) else result.signed_xml
    if covered is None or covered.tag != signed.tag or covered.get("ID") != signed.get("ID"):
        return Verdict(False, "the signature covers another element than the one that holds it.")
    return Verdict(True, key_fits=True)


def _unfit(signature: "_Element", key: "Certificate", said: str) -> Verdict:
    """Tell another key from a changed SignedInfo: an RSA signature opens into a digest only under its own key."""
    digest = _signed_digest(signature, key)
    if digest is None:
        return Verdict(False, "another key made it, or its value is damaged." if _is_rsa(key) else said)
    if digest == _digest_without_blanks(signature, len(digest)):
        reason = "the key fits, and the message was re-indented after signing: without that its SignedInfo would hold."
        return Verdict(False, reason, key_fits=True)
    return Verdict(False, "the key fits, and the SignedInfo was changed after signing.", key_fits=True)


def _is_readable(key: "Certificate") -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        key.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


def _is_rsa(key: "Certificate") -> bool:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    return isinstance(key.public_key(), RSAPublicKey)


def _signed_digest(signature: "_Element", key: "Certificate") -> bytes | None:
    """The digest inside a PKCS#1 v1.5 signature that this key opens; None where it does not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    public = key.public_key()
    method = method_of(signature)
    if not isinstance(public, RSAPublicKey) or method is None:
        return None
    known: dict[str, hashes.HashAlgorithm] = {"sha1": hashes.SHA1()}  # nosec B303  # noqa: S303 - its safety is SAML13's question
    known |= {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    wanted = known.get(method[1].rpartition("rsa-")[2].lower())
    if wanted is None:
        return None
    try:
        value = base64.b64decode("".join(text_of(signature.find(f"{D}SignatureValue")).split()))
        return public.recover_data_from_signature(value, PKCS1v15(), wanted)
    except (InvalidSignature, ValueError, binascii.Error):
        return None


def _digest_without_blanks(signature: "_Element", size: int) -> bytes:
    """The digest of SignedInfo without its indentation; nothing where it has no canonical form at all."""
    from lxml.etree import LxmlError

    try:
        return _digest_of_bare(signature, size)
    except LxmlError:
        return b""


def _digest_of_bare(signature: "_Element", size: int) -> bytes:
    from hashlib import new

    from lxml import etree

    from sevline.core.readers.xmlverifier import standing_alone

    info = signature.find(f"{D}SignedInfo")
    if info is None:
        return b""
    bare = standing_alone(info)
    for element in bare.iter():
        element.text = element.text if element.text and element.text.strip() else None
        element.tail = element.tail if element.tail and element.tail.strip() else None
    method = bare.find(f"{D}CanonicalizationMethod")
    exclusive = method is not None and "exc-c14n" in method.get("Algorithm", "")
    plain = etree.tostring(bare, method="c14n", exclusive=exclusive)
    return new({20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512"}[size], plain, usedforsecurity=False).digest()
