"""Adyen key."""

import re

from sevline.core.redaction.detector import token_format

#: The bytes 01 01 0N 05 00 in base64: the end of an RSA algorithm's identifier and its empty parameters (RFC 4055),
#: with which a line of a certificate or public key may begin.
OF_RSA = re.compile(r"AQE[A-P]BQA")


def _is_no_identifier(value: str) -> bool:
    return OF_RSA.match(value) is None


token_format(
    "adyen_key",
    "Adyen key",
    r"AQE[A-Za-z][A-Za-z0-9+/._=-]{60,300}",
    keywords=("AQE",),
    validate=_is_no_identifier,
)
