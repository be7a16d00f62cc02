"""DeepL key."""

from sevline.core.redaction.detector import token_format

token_format(
    "deepl_key",
    "DeepL key",
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:fx",
    keywords=(":fx",),
)
