"""Trigger.dev key."""

from sevline.core.redaction.detector import token_format

token_format(
    "trigger_key",
    "Trigger.dev key",
    r"tr_(?:dev|prod|stg|preview|pat)_[A-Za-z0-9]{20,40}",
    keywords=("tr_",),
)
