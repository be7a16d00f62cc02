"""Azure DevOps personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "azure_devops_token",
    "Azure DevOps personal access token",
    r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}",
    keywords=("AZDO",),
)
