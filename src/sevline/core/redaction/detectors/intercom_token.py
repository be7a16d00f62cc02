"""Intercom access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "intercom_token",
    "Intercom access token",
    r"dG9rO[A-Za-z0-9+/=_-]{40,80}",
    keywords=("dG9rO",),
)
