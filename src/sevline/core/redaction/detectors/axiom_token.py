"""Axiom token."""

from sevline.core.redaction.detector import token_format

token_format(
    "axiom_token",
    "Axiom token",
    r"xa(?:at|pt)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    keywords=(
        "xaat-",
        "xapt-",
    ),
)
