"""HashiCorp Vault token."""

from sevline.core.redaction.detector import token_format

token_format(
    "vault_token",
    "HashiCorp Vault token",
    r"hv[sbr]\.[A-Za-z0-9_-]{24,300}",
    keywords=("hvs.", "hvb.", "hvr."),
)
