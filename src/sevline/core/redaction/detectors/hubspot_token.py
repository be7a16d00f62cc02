"""HubSpot private app token."""

from sevline.core.redaction.detector import token_format

token_format(
    "hubspot_token",
    "HubSpot private app token",
    r"pat-(?:na|eu)\d-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
    keywords=("pat-na", "pat-eu"),
)
