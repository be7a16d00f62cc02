"""Names of fields whose values are secret, wherever they stand: one list for text, JSON, HAR and forms."""

import re
from functools import lru_cache

STRONG = (
    r"pass[_-]?word|passwd|pass[_-]?phrase|secret|api[_-]?key|access[_-]?key(?:[_-]?id)?|secret[_-]?key|private[_-]?key"
    r"|client[_-]?secret|shared[_-]?key|account[_-]?key|signing[_-]?key|encryption[_-]?key|subscription[_-]?key"
    r"|auth[_-]?key|license[_-]?key|app[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token"
    r"|session[_-]?token|security[_-]?token|token|samlresponse|client[_-]?assertion|code[_-]?verifier|device[_-]?code"
    r"|session[_-]?id|jsessionid|phpsessid|sessid|asp\.net_sessionid|connect\.sid|credentials?|sharedaccesskey"
    r"|connection[_-]?string|recovery[_-]?code|otp[_-]?code|one[_-]?time[_-]?code|cvv2?|cvc2?"
    r"|x-amz-signature|x-goog-signature|passwort|kennwort|wachtwoord"
)
WEAK = r"pwd|pass|auth|sid|otp|pin|mfa[_-]?code|assertion"
IN_URL = (
    r"code|key|sig|signature|state|nonce|ticket|session|hash|hmac|jwt|auth|sid|x-amz-credential"
    r"|x-amz-security-token|awsaccesskeyid|email_token|invite|magic"
)

_STRONG = re.compile(rf"[\w.$-]*(?:{STRONG})", re.IGNORECASE)
_WEAK = re.compile(rf"(?:[\w.$-]*[_.$-])?(?:{WEAK})", re.IGNORECASE)
_IN_URL = re.compile(IN_URL, re.IGNORECASE)
_ORDINARY = frozenset(
    (
        "null",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
        "required",
        "invalid",
        "expired",
        "missing",
        "empty",
        "unknown",
        "incorrect",
        "wrong",
        "optional",
        "string",
        "number",
        "boolean",
        "integer",
        "object",
        "redacted",
        "masked",
        "hidden",
        "removed",
        "yes",
        "no",
        "on",
        "off",
        "enabled",
        "disabled",
        "valid",
        "refreshed",
        "revoked",
        "not",
        "is",
        "was",
        "the",
        "has",
        "and",
        "or",
        "for",
        "from",
        "failed",
        "rejected",
        "accepted",
        "received",
        "mismatch",
        "type",
        "error",
        "changed",
        "reset",
        "bearer",
        "basic",
        "digest",
        "password",
        "token",
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "default",
        "plain",
    )
)
_MASKED = re.compile(r"[*x.•\[\]<>-]+|\[[A-Za-z _-]+\]|\$\{[^}]*\}?|\{\{[^}]*\}*|%[sdv]|\*+\w{0,4}", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d+)?(?:ms|s|%)?")


@lru_cache(maxsize=65_536)
def says_secret(name: str, *, in_url: bool = False) -> bool:
    """Whether a field of this name holds a secret; some names do so only in the query of a URL or in a form."""
    if _STRONG.fullmatch(name) or _WEAK.fullmatch(name):
        return True
    return in_url and _IN_URL.fullmatch(name) is not None


def is_ordinary(name: str, value: str, *, loose: bool) -> bool:
    """Words that stand beside such a name in a message and are no secret, or a value that somebody masked already.

    `loose` is for `name: word` in prose, where a short word without a digit tells about the secret, not the secret.
    """
    if value.lower().rstrip(".:!") in _ORDINARY or _MASKED.fullmatch(value):
        return True
    if name == "PWD" and value.startswith("/"):
        return True
    strong_password = re.search(
        r"pass[_-]?(?:wor[dt]|phrase)|kennwort|wachtwoord|passwd|pwd|secret|pin|otp|cv[vc]", name, re.IGNORECASE
    )
    if strong_password:
        return False
    if _NUMBER.fullmatch(value):
        return True
    return loose and value.isalpha() and len(value) < 16
