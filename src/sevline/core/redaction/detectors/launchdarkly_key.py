"""LaunchDarkly key."""

from sevline.core.redaction.detector import token_format

token_format(
    "launchdarkly_key",
    "LaunchDarkly key",
    r"(?:sdk|mob|api|rel)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    keywords=(
        "sdk-",
        "mob-",
        "api-",
        "rel-",
    ),
)
