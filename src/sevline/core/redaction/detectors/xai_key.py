"""xAI key."""

from sevline.core.redaction.detector import token_format

token_format(
    "xai_key",
    "xAI key",
    r"xai-[A-Za-z0-9]{80}",
    keywords=("xai-",),
)
