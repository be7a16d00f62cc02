"""Stripe key."""

from sevline.core.redaction.detector import token_format

token_format(
    "stripe_key",
    "Stripe key",
    r"(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}",
    keywords=("_live_", "_test_", "_prod_"),
)
