"""dbt Cloud token."""

from sevline.core.redaction.detector import token_format

token_format(
    "dbt_token",
    "dbt Cloud token",
    r"dbt[cus]_[A-Za-z0-9_-]{30,60}",
    keywords=("dbtc_", "dbtu_", "dbts_"),
)
