"""Google Cloud Storage HMAC key."""

from sevline.core.redaction.detector import token_format

token_format(
    "google_hmac_key",
    "Google Cloud Storage HMAC key",
    r"GOOG(?:1E[A-Z0-9]{57}|[A-Z0-9]{20})",
    keywords=("GOOG",),
)
