"""Razorpay key id."""

from sevline.core.redaction.detector import token_format

token_format(
    "razorpay_key",
    "Razorpay key id",
    r"rzp_(?:live|test)_[A-Za-z0-9]{14}",
    keywords=("rzp_",),
)
