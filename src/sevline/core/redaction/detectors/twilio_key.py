"""Twilio key or account id."""

from sevline.core.redaction.detector import token_format

token_format(
    "twilio_key",
    "Twilio key or account id",
    r"(?:SK|AC)[a-f0-9]{32}(?::[a-f0-9]{32})?",
    gate=r"(?:SK|AC)[a-f0-9]{8}",
)
