"""PostHog key."""

from sevline.core.redaction.detector import token_format

token_format(
    "posthog_key",
    "PostHog key",
    r"ph[xs]_[A-Za-z0-9]{40,50}",
    keywords=("phx_", "phs_"),
)
