"""Databricks personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "databricks_token",
    "Databricks personal access token",
    r"dapi[a-f0-9]{32}(?:-\d)?",
    keywords=("dapi",),
)
