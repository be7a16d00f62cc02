"""X.509 certificates as facts: names, dates, issuer, key; read from PEM or DER."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MAX_CERTIFICATES = 30
HOST = re.compile(r"(?:localhost|(?:[\w*-]{1,63}\.){1,20}[\w-]{1,63})\.?")


class BadCertificateError(ValueError):
    """The bytes are no certificate; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """`names` are the DNS names it is for, or its common name; `addresses` the IP addresses it is for, if any.
    `self_issued` where issuer and subject are the same; `is_root` where it is then an authority's and names no host."""

    subject: str
    issuer: str
    names: str
    not_before: datetime
    not_after: datetime
    serial: str
    self_issued: bool
    dns_names: tuple[str, ...] = ()
    key: str = ""
    is_weak: bool = False
    signed_with: str = ""
    addresses: tuple[str, ...] = ()
    is_root: bool = False

    @property
    def issuer_name(self) -> str:
        """Who signed it, as people call it: the common name where there is one."""
        return named(self.issuer)

    def fits(self, host: str) -> bool:
        """Whether the certificate is for that host; a wildcard stands for one label (RFC 6125)."""
        host = host.lower().rstrip(".")
        names = [name.lower() for name in self.dns_names]
        return host in names or f"*.{host.partition('.')[2]}" in names


def named(subject: str) -> str:
    """The common name of a distinguished name, else all of it."""
    found = re.search(r"(?:^|,)CN=((?:[^,\\]|\\.){1,200})", subject)
    return found[1].replace("\\", "") if found else subject


def certificates_in(data: bytes) -> list[CertificateFacts]:
    """The certificates of a PEM file in its order, or the one of a DER file. Raises BadCertificateError."""
    from cryptography import x509

    try:
        if b"-----BEGIN CERTIFICATE-----" in data:
            return [_facts(one) for one in x509.load_pem_x509_certificates(data)[:MAX_CERTIFICATES]]
        return [_facts(x509.load_der_x509_certificate(data))]
    except ValueError as problem:
        raise BadCertificateError(f"The certificate cannot be read: {str(problem)[:120]}.") from None


def _facts(one: "Certificate") -> CertificateFacts:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        extension = one.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        alternatives = extension.value.get_values_for_type(x509.DNSName)
        addresses = [str(each) for each in extension.value.get_values_for_type(x509.IPAddress)]
    except (x509.ExtensionNotFound, ValueError):
        alternatives, addresses = [], []
    common = [str(each.value) for each in one.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    subject, issuer = one.subject.rfc4514_string(), one.issuer.rfc4514_string()
    return CertificateFacts(
        subject,
        issuer,
        ", ".join(alternatives[:5] or addresses[:5] or common) or subject or "no name",
        one.not_valid_before_utc,
        one.not_valid_after_utc,
        f"{one.serial_number:x}",
        subject == issuer,
        tuple(alternatives[:200] or common),
        *_key(one),
        _signed_with(one),
        tuple(addresses[:200]),
        subject == issuer and _is_authority(one) and not _names_hosts([*alternatives, *addresses], common),
    )


def _names_hosts(alternatives: list[str], common: list[str]) -> bool:
    return bool(alternatives) or any(map(HOST.fullmatch, common))


def _is_authority(one: "Certificate") -> bool:
    from cryptography import x509

    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _key(one: "Certificate") -> tuple[str, bool]:
    """The public key in words, and whether it is too short: RSA below 2048 bits, curves below 224."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        key = one.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return "a key that cannot be read", False
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}", key.key_size < 2048
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.curve.name}", key.curve.key_size < 224
    return type(key).__name__.removesuffix("PublicKey").lstrip("_"), False


def _signed_with(one: "Certificate") -> str:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return one.signature_hash_algorithm.name if one.signature_hash_algorithm else ""
    except UnsupportedAlgorithm:
        return ""
