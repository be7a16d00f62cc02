"""What chance made under a name that ends like a key's or a session's, whatever stands before: `signKey`, `LOGGED_IN_KEY`.

Keys that only find something (`cacheKey`, `partition_key`), or that everybody may know, are none.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import finds_only, looks_random
from sevline.core.redaction.told import for_search, groups, may_be_secret, told_secret

_ENDS = r"(?:[a-z0-9]Key|[A-Za-z0-9][_.-](?:key|KEY|Key)|[a-z0-9][_.-]?(?:session|Session))"
_FORM = rf"(?P<name>[A-Za-z0-9_.-]*{_ENDS})(?:[\"'\\]{{0,3}}[ \t]{{0,3}}(?:=>|[:=,])[ \t]{{0,3}}[\"'\\]{{0,3}}|[\"']?>)(?P<value>[A-Za-z0-9+/_-]{{20,200}})"
_SPLIT = late(_FORM)


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    if parts is None or finds_only(parts["name"]):
        return []
    return groups(parts) if looks_random(parts["value"]) else []


told_secret(
    "any_key",
    "What chance made under a name that ends like a key's",
    for_search(_FORM),
    places,
    keywords=tuple(
        f"{end}{mark}"
        for end in ("Key", "_key", "_KEY", "-key", "-Key", ".key", "_session", "Session", "-session")
        for mark in ("=", ":", '":', '" :', "':", "' =", '" =', " =", '"=', "',", '",', ">", '\\":')
    ),
)

#: Names that say so in other words; as parts of every name that is searched for they would cost a quarter of the time.
_OTHER = r"(?P<name>[A-Za-z0-9_.-]*(?:secret[ao]|(?:ask|cert|pfx|p12|jks|wifi|wlan|zip|backup|console|enable)(?:pass|pwd|pw)|[mt]pin|auth[._]user[._]info|(?:chiave|chave|clave)[_A-Z][A-Za-z_]{2,30}))(?:[\"'\\]{0,3}[ \t]{0,3}(?:=>|[:=])[ \t]{0,3}[\"'\\]{0,3}|>)(?P<value>[^\s\"'<>\\,;]{4,300})"
_NAMED = late(_OTHER, re.IGNORECASE)
_GUESSED_NAME = late(r".*(?:chiave|chave|clave)[_A-Z].*", re.IGNORECASE)


def named(found: str) -> list[tuple[int, int]]:
    parts = _NAMED.match(found)
    if parts is None:
        return []
    value, name = parts["value"], parts["name"].lower()
    if _GUESSED_NAME.fullmatch(name) and not name.endswith(("secreta", "secreto")):
        return groups(parts) if looks_random(value) else []
    is_pin = name.endswith("pin") and value.isdigit()
    return groups(parts) if is_pin or may_be_secret(value) else []


told_secret(
    "other_name",
    "Value beside a name that says secret in other words",
    rf"(?i:{for_search(_OTHER)})",
    named,
    any_case=True,
    rare=True,
    keywords=(
        "secreta",
        "secreto",
        "askpass",
        "certpass",
        "pfxpass",
        "p12pass",
        "jkspass",
        "wifipass",
        "wlanpass",
        "zippass",
        "backuppass",
        "consolepass",
        "enablepass",
        "wifipwd",
        "wlanpwd",
        "mpin",
        "tpin",
        "user.info",
        "user_info",
        "chiave",
        "chave",
        "clave",
    ),
)
