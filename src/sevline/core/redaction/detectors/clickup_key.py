"""ClickUp token."""

from sevline.core.redaction.detector import token_format

token_format(
    "clickup_key",
    "ClickUp token",
    r"pk_[0-9]{4,12}_[A-Z0-9]{32}",
    keywords=("pk_",),
)
