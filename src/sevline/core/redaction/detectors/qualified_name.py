"""Values beside a name that says secret and then for what: `PASSWORD_PROD`, `apiKeyStaging`, `API key (test): …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import (
    HINT,
    ends_secret,
    is_code,
    is_ordinary,
    looks_random,
    says_by_guess,
)
from sevline.core.redaction.told import groups, is_telling, may_be_secret, told_secret

#: ASCII, and of those that every hint knows.
_NAMES = r"(?i-u:pass(?:w(?:or[dt]|d)|[ _-]?(?:phrase|code))?|pwd|pw|psk|otp|secret|token|key|credentials?|auth|salt|hmac|seed|kennwort|senha|mdp)"
_FOR = r"(?:prod(?:uction)?|live|stag(?:e|ing)|test(?:ing)?|dev(?:elopment)?|qa|uat|int|pre-?prod|sandbox|demo|local|primary|secondary|main|old|new|prev(?:ious)?|current|next|default|backup|master|replica|slave|read|write|base64|b64|hex|plain|clear|raw|enc|encrypted|[0-9]{1,2}|v[0-9]|[ab])"
_CAMEL = r"(?:Prod(?:uction)?|Live|Stag(?:e|ing)|Test|Dev|Qa|Uat|Sandbox|Demo|Primary|Secondary|Old|New|Previous|Current|Default|Backup|Base64|B64|Hex|Plain|Raw|Encrypted|[0-9]{1,2})"
#: For what it is: joined to the name, or set in brackets behind it.
_QUALIFIED = rf"(?:[_.-](?i-u:{_FOR})|{_CAMEL}|[ \t]?\([^()\r\n]{{1,40}}\)|[ \t]?\[[A-Za-z0-9 _.-]{{1,40}}\])"
_IS = r"[\"'\\]{0,4}[ \t]{0,20}(?:=>|:=|[=:])[ \t]{0,20}"
_TEXT = r"(?:\\{0,3}\"(?P<value1>[^\"\\\r\n]{4,300})|'(?P<value2>[^'\r\n]{4,300})|(?P<value3>[^\s\"'`&;,<>(){}\[\]\\][^\s\"'&;,<>)}\]\\]{3,300}))"
_SPLIT = late(
    rf"(?P<name>[A-Za-z0-9_.-]*(?:[ ][A-Za-z]+){{0,2}}?{_NAMES.replace('(?i-u:', '(?i:')})(?P<for>{_QUALIFIED.replace('(?i-u:', '(?i:')}){_IS}{_TEXT}$"
)
_OF_THING = late(
    r".*(?:public|primary|foreign|partition|sort|cache|object|row|idempotency|unique|lookup|index)[_. -]?key",
    re.IGNORECASE,
)


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    at = groups(parts)
    if parts is None or not at or not ends_secret(parts["name"]) or _OF_THING.fullmatch(parts["name"]):
        return []
    value = found[slice(*at[0])]
    name = parts["name"].rpartition(" ")[2]
    if not may_be_secret(value) or is_code(value) or is_ordinary(name, value, loose=True):
        return []
    if says_by_guess(name) or re.search("auth$|seed$|salt$|key$|pin$", name, re.IGNORECASE):
        return at if looks_random(value) else []
    return at if is_telling(value, shortest=5) else []


told_secret(
    "qualified_name",
    "Value beside a name that says secret and for what",
    rf"(?-u:[A-Za-z0-9_.-])*(?:[ ][A-Za-z]+)??{_NAMES}{_QUALIFIED}{_IS}"
    r"(?:\\{0,3}\"[^\"\\\r\n]{4,}|'[^'\r\n]{4,}|[^\s\"'`&;,<>(){}\[\]\\][^\s\"'&;,<>)}\]\\]{3,})",
    places,
    hint=HINT,
    rare=True,
    gate=rf"{_NAMES}{_QUALIFIED}{_IS}[^\s]",
)
