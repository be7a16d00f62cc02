"""Authress access key."""

from sevline.core.redaction.detector import token_format

token_format(
    "authress_key",
    "Authress access key",
    r"(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}",
    keywords=(".acc_", ".acc-"),
)
