"""Octopus Deploy API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "octopus_key",
    "Octopus Deploy API key",
    r"API-[A-Z0-9]{26,32}",
    keywords=("API-",),
)
