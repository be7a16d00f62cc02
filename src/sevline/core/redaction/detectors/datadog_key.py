"""Datadog client token."""

from sevline.core.redaction.detector import token_format

token_format(
    "datadog_key",
    "Datadog client token",
    r"pub[a-f0-9]{32}",
    keywords=("pub",),
)
