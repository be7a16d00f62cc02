"""Google API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "google_api_key",
    "Google API key",
    r"AIza[A-Za-z0-9_-]{35}",
    keywords=("AIza",),
)
