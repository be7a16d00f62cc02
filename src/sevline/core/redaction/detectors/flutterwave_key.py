"""Flutterwave key."""

from sevline.core.redaction.detector import token_format

token_format(
    "flutterwave_key",
    "Flutterwave key",
    r"FLW(?:SECK|PUBK)(?:_TEST)?-[A-Za-z0-9]{12,40}(?:-X)?",
    keywords=(
        "FLWSECK",
        "FLWPUBK",
    ),
)
