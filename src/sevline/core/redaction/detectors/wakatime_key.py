"""WakaTime key."""

from sevline.core.redaction.detector import token_format

token_format(
    "wakatime_key",
    "WakaTime key",
    r"waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    keywords=("waka_",),
)
