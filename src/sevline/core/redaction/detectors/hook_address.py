"""Addresses of webhooks whose path holds the secret, of chat programs, automation and the like."""

from sevline.core.redaction.detector import token_format


def is_secret(found: str) -> bool:
    """What is a webhook of Teams is known by a form of its own."""
    return "office" not in found and any(map(str.isdigit, found.rpartition("/")[2]))


token_format(
    "hook_address",
    "Webhook with its secret in the path",
    r"(?:open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook|maker\.ifttt\.com/(?:trigger|use)(?:/[A-Za-z0-9_%-]+){0,3}"
    r"|hooks?\.[A-Za-z0-9.-]{3,60}|[A-Za-z0-9.-]{3,60}/(?:web)?hooks?|webhook\.site)"
    r"(?:/[A-Za-z0-9_-]{1,40}){0,4}/[A-Za-z0-9_-]{20,100}",
    keywords=("hook", "maker.ifttt.com"),
    validate=is_secret,
)
