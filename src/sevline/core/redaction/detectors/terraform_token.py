"""HCP Terraform token."""

from sevline.core.redaction.detector import token_format

token_format(
    "terraform_token",
    "HCP Terraform token",
    r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}",
    keywords=(".atlasv1.",),
)
