"""Anthropic API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "anthropic_key",
    "Anthropic API key",
    r"sk-ant-[a-z]{3,6}\d{2}-[A-Za-z0-9_-]{80,120}",
    keywords=("sk-ant-",),
)
