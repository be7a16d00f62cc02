"""crates.io token."""

from sevline.core.redaction.detector import token_format

token_format(
    "crates_token",
    "crates.io token",
    r"cio[A-Za-z0-9]{32}",
    keywords=("cio",),
)
