"""Google OAuth client secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "google_oauth_secret",
    "Google OAuth client secret",
    r"GOCSPX-[A-Za-z0-9_-]{28}",
    keywords=("GOCSPX-",),
)
