"""Supabase token."""

from sevline.core.redaction.detector import token_format

token_format(
    "supabase_key",
    "Supabase token",
    r"sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{31,40}",
    keywords=(
        "sbp_",
        "sb_secret_",
    ),
)
