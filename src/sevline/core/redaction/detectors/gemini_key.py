"""Google Gemini key."""

from sevline.core.redaction.detector import token_format

token_format(
    "gemini_key",
    "Google Gemini key",
    r"AQ\.Ab[A-Za-z0-9_-]{40,60}",
    keywords=("AQ.Ab",),
)
