"""Clojars deploy token."""

from sevline.core.redaction.detector import token_format

token_format(
    "clojars_token",
    "Clojars deploy token",
    r"CLOJARS_[a-z0-9]{60}",
    keywords=("CLOJARS_",),
)
