"""Private key in base64, as Kubernetes and variables of pipelines keep one; also a part of it, cut off."""

from base64 import b64decode

from sevline.core.redaction.detector import token_format

_BEGINNING = 64  # characters that hold the line which says what it is


def is_private(found: str) -> bool:
    return b"PRIVATE KEY" in b64decode(found[:_BEGINNING])


token_format(
    "encoded_private_key",
    "Private key in base64",
    r"LS0tLS1CRUdJTiB[A-Za-z0-9+/]{64,}={0,2}",
    keywords=("LS0tLS1CRUdJTiB",),
    validate=is_private,
)
