"""ReadMe API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "readme_key",
    "ReadMe API key",
    r"rdme_[a-z0-9]{70}",
    keywords=("rdme_",),
)
