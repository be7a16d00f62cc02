"""Microsoft Entra client secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "azure_ad_secret",
    "Microsoft Entra client secret",
    r"[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}",
    keywords=("8Q~", "7Q~"),
)
