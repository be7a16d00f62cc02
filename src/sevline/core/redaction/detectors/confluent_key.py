"""Confluent Cloud secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "confluent_key",
    "Confluent Cloud secret",
    r"cflt[A-Za-z0-9+/]{60}",
    keywords=("cflt",),
)
