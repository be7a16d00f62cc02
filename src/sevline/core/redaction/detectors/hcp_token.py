"""HashiCorp Cloud token."""

from sevline.core.redaction.detector import token_format

token_format(
    "hcp_token",
    "HashiCorp Cloud token",
    r"hcp\.[A-Za-z0-9]{14}\.[A-Za-z0-9_-]{40,100}",
    keywords=("hcp.",),
)
