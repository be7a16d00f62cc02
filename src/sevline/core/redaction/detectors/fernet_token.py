"""Fernet token: version 0x80 and the time of its making, whose first bytes are zero for centuries."""

from sevline.core.redaction.detector import token_format

token_format("fernet_token", "Fernet token", r"gAAAAA[A-Z][A-Za-z0-9_-]{90,}={0,2}", keywords=("gAAAAA",))
