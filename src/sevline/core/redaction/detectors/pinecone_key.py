"""Pinecone key."""

from sevline.core.redaction.detector import token_format

token_format(
    "pinecone_key",
    "Pinecone key",
    r"pcsk_[A-Za-z0-9]{5,7}_[A-Za-z0-9]{60,66}",
    keywords=("pcsk_",),
)
