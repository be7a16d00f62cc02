"""CockroachDB Cloud key."""

from sevline.core.redaction.detector import token_format

token_format(
    "cockroach_key",
    "CockroachDB Cloud key",
    r"CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}",
    keywords=("CCDB1_",),
)
