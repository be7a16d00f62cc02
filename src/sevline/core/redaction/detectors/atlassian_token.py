"""Atlassian API token."""

from sevline.core.redaction.detector import token_format

token_format(
    "atlassian_token",
    "Atlassian API token",
    r"ATATT3[A-Za-z0-9_=-]{60,250}",
    keywords=("ATATT3",),
)
