"""ClickHouse Cloud secret key."""

from sevline.core.redaction.detector import token_format

token_format(
    "clickhouse_key",
    "ClickHouse Cloud secret key",
    r"4b1d[A-Za-z0-9]{38}",
    keywords=("4b1d",),
)
