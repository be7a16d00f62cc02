"""1Password secret key or service account token."""

from sevline.core.redaction.detector import token_format

token_format(
    "onepassword_token",
    "1Password secret key or service account token",
    r"ops_eyJ[A-Za-z0-9+/_-]{100,1000}={0,3}"
    r"|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){2,3}",
    keywords=("ops_eyJ", "A3-"),
)
