"""Macaroon."""

from sevline.core.redaction.detector import token_format

token_format("macaroon", "Macaroon", r"MDAxY2xvY2F0aW9u[A-Za-z0-9_+/=-]{40,}", keywords=("MDAxY2xvY2F0aW9u",))
