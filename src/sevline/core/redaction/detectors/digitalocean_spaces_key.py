"""DigitalOcean Spaces key."""

from sevline.core.redaction.detector import token_format

token_format(
    "digitalocean_spaces_key",
    "DigitalOcean Spaces key",
    r"DO(?:00|80)[A-Z0-9]{16}",
    keywords=("DO00", "DO80"),
)
