"""Slack token."""

from sevline.core.redaction.detector import token_format

token_format(
    "slack_token",
    "Slack token",
    r"xox[a-ceoprs]-(?:\d{1,4}-)?[A-Za-z0-9-]{10,250}|xoxd-[A-Za-z0-9%+/=-]{10,250}|xapp-\d-[A-Z0-9]+-\d+-[a-z0-9]+|"
    r"xoxe\.xox[bp]-\d-[A-Za-z0-9]{100,200}|xwfp-[A-Za-z0-9-]{20,200}",
    keywords=("xox", "xapp-", "xwfp-"),
)
