"""Prefect key."""

from sevline.core.redaction.detector import token_format

token_format(
    "prefect_key",
    "Prefect key",
    r"pn[ub]_[A-Za-z0-9]{36}",
    keywords=(
        "pnu_",
        "pnb_",
    ),
)
