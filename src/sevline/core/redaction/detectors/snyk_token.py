"""Snyk token."""

from sevline.core.redaction.detector import token_format

token_format(
    "snyk_token",
    "Snyk token",
    r"snyk_(?:uat|sat)\.[A-Za-z0-9]{8}\.[A-Za-z0-9_.-]{32,400}",
    keywords=("snyk_uat.", "snyk_sat."),
)
