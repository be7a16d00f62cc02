"""Figma personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "figma_token",
    "Figma personal access token",
    r"fig[dour]_[A-Za-z0-9_-]{40}",
    keywords=("figd_", "figo_", "figu_", "figr_"),
)
