"""Google OAuth access or refresh token."""

from sevline.core.redaction.detector import token_format

token_format(
    "google_oauth_token",
    "Google OAuth access or refresh token",
    r"ya29\.[A-Za-z0-9_-]{20,2000}|1//0[A-Za-z0-9_-]{30,200}",
    keywords=("ya29.", "1//0"),
)
