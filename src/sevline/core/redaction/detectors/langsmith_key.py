"""LangSmith API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "langsmith_key",
    "LangSmith API key",
    r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}",
    keywords=("lsv2_",),
)
