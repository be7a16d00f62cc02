"""NVIDIA key."""

from sevline.core.redaction.detector import token_format

token_format(
    "nvidia_key",
    "NVIDIA key",
    r"nvapi-[A-Za-z0-9_-]{60,70}",
    keywords=("nvapi-",),
)
