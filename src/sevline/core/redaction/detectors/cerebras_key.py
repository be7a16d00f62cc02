"""Cerebras key."""

from sevline.core.redaction.detector import token_format

token_format(
    "cerebras_key",
    "Cerebras key",
    r"csk-[a-z0-9]{40,60}",
    keywords=("csk-",),
)
