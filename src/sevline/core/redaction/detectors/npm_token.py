"""npm access tokens, which end with a check sum like GitHub's."""

from sevline.core.redaction.checksums import base62_crc32
from sevline.core.redaction.detector import token_format


def has_right_sum(found: str) -> bool:
    """Package names may begin with `npm_` too, but none has 36 mixed letters and digits behind it."""
    body = found[4:]
    return base62_crc32(body[:30]) == body[30:] or any(character.isdigit() for character in body)


token_format("npm_token", "npm access token", r"npm_[A-Za-z0-9]{36}", keywords=("npm_",), validate=has_right_sum)
