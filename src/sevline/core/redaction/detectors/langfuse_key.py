"""Langfuse key."""

from sevline.core.redaction.detector import token_format

token_format(
    "langfuse_key",
    "Langfuse key",
    r"[sp]k-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    keywords=("-lf-",),
)
