"""Opsgenie key."""

from sevline.core.redaction.detector import token_format

token_format(
    "opsgenie_key",
    "Opsgenie key",
    r"GenieKey[ \t]+[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    keywords=("GenieKey",),
)
