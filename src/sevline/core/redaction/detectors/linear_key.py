"""Linear API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "linear_key",
    "Linear API key",
    r"lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,64}",
    keywords=("lin_",),
)
