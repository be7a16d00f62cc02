"""Sidekiq Pro or Enterprise key."""

from sevline.core.redaction.detector import token_format

token_format(
    "sidekiq_key",
    "Sidekiq Pro or Enterprise key",
    r"(?i:contribsys__com)[ \t\"'=:]{1,6}[a-f0-9]{8}:[a-f0-9]{8}"
    r"|[a-f0-9]{8}:[a-f0-9]{8}@(?:gems|enterprise)\.contribsys\.com",
    keywords=("contribsys", "CONTRIBSYS"),
)
