"""Dropbox short-lived access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "dropbox_token",
    "Dropbox short-lived access token",
    r"sl\.(?:u\.)?[A-Za-z0-9_-]{130,1300}",
    keywords=("sl.",),
)
