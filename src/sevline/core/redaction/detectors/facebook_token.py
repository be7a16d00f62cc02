"""Facebook access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "facebook_token",
    "Facebook access token",
    r"EAA[A-Za-z0-9]{30,400}",
    keywords=("EAA",),
)
