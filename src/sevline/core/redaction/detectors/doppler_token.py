"""Doppler token."""

from sevline.core.redaction.detector import token_format

token_format(
    "doppler_token",
    "Doppler token",
    r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}",
    keywords=("dp.",),
)
