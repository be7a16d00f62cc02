"""Netlify personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "netlify_token",
    "Netlify personal access token",
    r"nf[pcoub]_[A-Za-z0-9_]{36}",
    keywords=(
        "nfp_",
        "nfc_",
        "nfo_",
        "nfu_",
        "nfb_",
    ),
)
