"""Airtable personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "airtable_token",
    "Airtable personal access token",
    r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}",
    keywords=("pat",),
)
