"""Persona key."""

from sevline.core.redaction.detector import token_format

token_format(
    "persona_key",
    "Persona key",
    r"persona_(?:production|sandbox)_[A-Za-z0-9-]{30,60}",
    keywords=("persona_",),
)
