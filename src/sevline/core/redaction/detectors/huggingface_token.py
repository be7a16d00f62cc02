"""Hugging Face token."""

from sevline.core.redaction.detector import token_format

token_format(
    "huggingface_token",
    "Hugging Face token",
    r"(?:hf_|api_org_)[A-Za-z0-9]{34}",
    keywords=("hf_", "api_org_"),
)
