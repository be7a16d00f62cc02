"""Salesforce session or refresh token."""

from sevline.core.redaction.detector import token_format

token_format(
    "salesforce_token",
    "Salesforce session or refresh token",
    r"00D[A-Za-z0-9]{12,15}!A[A-Za-z0-9_.-]{60,200}|5Aep861[A-Za-z0-9._]{60,100}",
    keywords=("00D", "5Aep861"),
)
