"""NuGet API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "nuget_key",
    "NuGet API key",
    r"oy2[a-z0-9]{43}",
    keywords=("oy2",),
)
