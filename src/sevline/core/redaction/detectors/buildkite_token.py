"""Buildkite token."""

from sevline.core.redaction.detector import token_format

token_format(
    "buildkite_token",
    "Buildkite token",
    r"bk(?:ua|aa|ct)_[A-Za-z0-9]{40}",
    keywords=(
        "bkua_",
        "bkaa_",
        "bkct_",
    ),
)
