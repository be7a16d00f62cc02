"""PagerDuty integration URL."""

from sevline.core.redaction.detector import token_format

token_format(
    "pagerduty_webhook",
    "PagerDuty integration URL",
    r"events\.pagerduty\.com/integration/[a-f0-9]{32}",
    keywords=("events.pagerduty.com",),
)
