"""Groq API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "groq_key",
    "Groq API key",
    r"gsk_[A-Za-z0-9]{52}",
    keywords=("gsk_",),
)
