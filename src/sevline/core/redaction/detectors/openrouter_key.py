"""OpenRouter key."""

from sevline.core.redaction.detector import token_format

token_format(
    "openrouter_key",
    "OpenRouter key",
    r"sk-or-v1-[a-f0-9]{64}",
    keywords=("sk-or-v1-",),
)
