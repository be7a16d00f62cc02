"""OpenShift token."""

from sevline.core.redaction.detector import token_format

token_format(
    "openshift_token",
    "OpenShift token",
    r"sha256~[A-Za-z0-9_-]{43}",
    keywords=("sha256~",),
)
