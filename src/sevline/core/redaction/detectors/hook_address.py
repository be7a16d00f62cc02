"""Addresses whose path holds the secret: webhooks of chat programs and automation, nodes of block chains."""

from sevline.core.redaction.detector import token_format
from sevline.core.redaction.late import late

#: Services whose webhooks have a detector of their own.
_KNOWN = late(r"office|slack\.com|discord|zapier\.com|pagerduty")


def is_secret(found: str) -> bool:
    """The end of the path has a digit, as a secret has, and no other detector knows the service."""
    return _KNOWN.search(found) is None and any(map(str.isdigit, found.rpartition("/")[2]))


token_format(
    "hook_address",
    "Address with its secret in the path",
    r"(?:[A-Za-z0-9-]{1,60}\.(?:g\.alchemy\.com/(?:nft/)?v[0-9]|infura\.io(?:/ws)?/v3|quiknode\.pro)|open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook|maker\.ifttt\.com/(?:trigger|use)(?:/[A-Za-z0-9_%-]+){0,3}"
    r"|hooks?\.[A-Za-z0-9.-]{3,60}|[A-Za-z0-9.-]{3,60}/(?:web)?hooks?|webhook\.site)"
    r"(?:/[A-Za-z0-9_-]{1,40}){0,4}/[A-Za-z0-9_-]{20,100}",
    keywords=("hook", "maker.ifttt.com", "alchemy.com/", "infura.io/", "quiknode.pro/"),
    validate=is_secret,
)
