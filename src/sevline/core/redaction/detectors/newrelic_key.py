"""New Relic key."""

from sevline.core.redaction.detector import token_format

token_format(
    "newrelic_key",
    "New Relic key",
    r"[0-9a-f]{36}[0-9a-zA-Z]{0,4}NRAL|NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32}|NRJS-[a-f0-9]{19}|"
    r"NRSP-[a-z]{2}\d{2}[A-Za-z0-9]{31}",
    keywords=("NRAL", "NRAK-", "NRII-", "NRJS-", "NRSP-"),
)
