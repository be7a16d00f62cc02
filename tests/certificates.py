"""Certificates for tests, made at the moment: a root, an intermediate and leaves with one fault each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.evidence import START

HOST = "desk.example.test"


@dataclass(frozen=True)
class Made:
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


@cache
def made(
    name: str,
    issuer: str = "",
    *,
    dns: str = "",
    bits: int = 2048,
    start: datetime = START - timedelta(days=30),
    end: datetime = START + timedelta(days=300),
) -> Made:
    """A certificate signed by the one made under the name `issuer`, or by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    signer = made(issuer) if issuer else None
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(signer.certificate.subject if signer else _name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    if dns:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(dns)]), critical=False)
    return Made(builder.sign(signer.key if signer else key, hashes.SHA256()), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
