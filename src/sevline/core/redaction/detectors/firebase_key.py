"""Firebase messaging server key."""

from sevline.core.redaction.detector import token_format

token_format(
    "firebase_key",
    "Firebase messaging server key",
    r"AAAA[A-Za-z0-9_-]{7}:APA91[A-Za-z0-9_-]{120,150}",
    keywords=(":APA91",),
)
