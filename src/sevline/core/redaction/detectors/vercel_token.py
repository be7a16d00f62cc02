"""Vercel token."""

from sevline.core.redaction.detector import token_format

token_format(
    "vercel_token",
    "Vercel token",
    r"vc[pkra]_[A-Za-z0-9]{24,60}",
    keywords=(
        "vcp_",
        "vck_",
        "vcr_",
        "vca_",
    ),
)
