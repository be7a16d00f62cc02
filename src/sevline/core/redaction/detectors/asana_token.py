"""Asana personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "asana_token",
    "Asana personal access token",
    r"[12]/\d{15,17}(?:/\d{15,17})?:[a-f0-9]{32}",
    gate=r"[12]/\d{15}",
)
