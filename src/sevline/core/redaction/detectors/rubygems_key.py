"""RubyGems API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "rubygems_key",
    "RubyGems API key",
    r"rubygems_[a-f0-9]{48}",
    keywords=("rubygems_",),
)
