"""1Password service account token."""

from sevline.core.redaction.detector import token_format

token_format(
    "onepassword_token",
    "1Password service account token",
    r"ops_eyJ[A-Za-z0-9+/_-]{100,1000}={0,3}",
    keywords=("ops_eyJ",),
)
