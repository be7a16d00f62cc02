"""SettleMint token."""

from sevline.core.redaction.detector import token_format

token_format(
    "settlemint_token",
    "SettleMint token",
    r"sm_[aps]at_[A-Za-z0-9]{16}",
    keywords=("sm_aat_", "sm_pat_", "sm_sat_"),
)
