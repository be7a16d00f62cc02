"""Shopify access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "shopify_token",
    "Shopify access token",
    r"shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}",
    keywords=("shpat_", "shpca_", "shppa_", "shpss_", "shpua_"),
)
