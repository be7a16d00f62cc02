"""Infisical service token."""

from sevline.core.redaction.detector import token_format

token_format(
    "infisical_token",
    "Infisical service token",
    r"st\.[a-f0-9-]{24,36}\.[a-f0-9]{32}\.[a-f0-9]{32}",
    keywords=("st.",),
)
