"""How webhooks are signed, and why a signature does not fit."""
