"""Private key in base64, as Kubernetes and variables of pipelines keep one; also a part of it, cut off.

In PEM, or the DER itself: PKCS #8 of RSA, PKCS #1, and PKCS #12 (version 3), each in a sequence of 256 bytes and more.
"""

from base64 import b64decode

from sevline.core.redaction.detector import token_format

_BEGINNING = 64  # characters that hold the line which says what it is


def is_private(found: str) -> bool:
    return found.startswith("MII") or b"PRIVATE KEY" in b64decode(found[:_BEGINNING])


token_format(
    "encoded_private_key",
    "Private key in base64",
    r"LS0tLS1CRUdJTiB[A-Za-z0-9+/]{64,}={0,2}|MII[A-Za-z0-9+/]{2}[AQgw]IB(?:ADANBgkqhkiG9w0BAQEFAASC|AAKC|AzC)[A-Za-z0-9+/]{40,}={0,2}",
    keywords=("LS0tLS1CRUdJTiB", "IBADANBgkqhkiG9w0BAQEFAASC", "IBAAKC", "IBAzC"),
    gate=r"LS0tLS1CRUdJTiB|MII[A-Za-z0-9+/]{2}[AQgw]IBA",
    validate=is_private,
)
