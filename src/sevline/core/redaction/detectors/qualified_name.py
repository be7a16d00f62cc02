"""Values beside a name that says secret and then for what: `PASSWORD_PROD`, `apiKeyStaging`, `API key (test): …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.holders import is_chosen
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import (
    HINT,
    ends_secret,
    is_code,
    is_ordinary,
    looks_random,
    says_by_guess,
    says_secret,
)
from sevline.core.redaction.told import groups, is_telling, may_be_secret, python_pattern, told_secret

#: ASCII, and of those that every hint knows.
_NAMES = r"(?i-u:pass(?:w(?:or[dt]|d)|[ _-]?(?:phrase|code))?|pwd|pw|psk|otp|secret|token|key|credentials?|auth|salt|hmac|seed|kennwort|senha|mdp)"
_FOR = r"(?:prod(?:uction)?|live|stag(?:e|ing)|test(?:ing)?|dev(?:elopment)?|qa|uat|int|pre-?prod|sandbox|demo|local|primary|secondary|main|old|new|prev(?:ious)?|current|next|default|backup|master|replica|slave|read|write|base64|b64|hex|plain|clear|raw|enc|encrypted|[0-9]{1,2}|v[0-9]|md5|sha[0-9]{1,3}|hash|ro|rw|us|eu|ci|web|app|admin|user|readonly|shared|[ab])"
_CAMEL = r"(?:Prod(?:uction)?|Live|Stag(?:e|ing)|Test|Dev|Qa|Uat|Sandbox|Demo|Primary|Secondary|Old|New|Previous|Current|Default|Backup|Base64|B64|Hex|Plain|Raw|Encrypted|[0-9]{1,2})"
#: For what it is: joined to the name, or set in brackets behind it.
_QUALIFIED = rf"(?:[_.-](?i-u:{_FOR})|{_CAMEL}|[ \t]?\([^()\r\n]{{1,40}}\)|[ \t]?\[[A-Za-z0-9 _.-]{{1,40}}\])"
_IS = r"[\"'\\]{0,4}[ \t]{0,20}(?:=>|:=|[=:])[ \t]{0,20}"
_TEXT = r"(?:\\{0,3}\"(?P<value1>[^\"\\\r\n]{4,300})|'(?P<value2>[^'\r\n]{4,300})|(?P<value3>[^\s\"'`&;,<>(){}\[\]\\][^\s\"'&;,<>)}\]\\]{3,300}))"
_SPLIT = late(
    rf"(?P<name>[A-Za-z0-9_.-]*(?:[ ][A-Za-z]+){{0,2}}?{_NAMES.replace('(?i-u:', '(?i:')})(?P<for>{_QUALIFIED.replace('(?i-u:', '(?i:')}){_IS}{_TEXT}$"
)
#: Keys that open nothing: those of rows, caches, texts, messages.
_OF_THING = late(
    r".*(?:public|primary|foreign|partition|sort|range|cache|object|row|record|idempotency|dedup[a-z]*|index|lookup|unique|group|shard|hash|message|msg|map|dict|s3|blob|file|image|issue|project|etag|order|store|storage_object|config|json"
    r"|i18n|locale|translation|param|query|header|registry|hot|short|shortcut|composite|natural|surrogate|business|entity|node|tree|parent|child|item|event|job|task|queue|topic|stream|feature|flag|setting|metric|label|tag|bucket|slot|lock|redis"
    r"|state|view|tab|menu|react|host|known_host|authorized|fingerprint|trace|correlation|request|batch|chunk|part|member|user|customer|tenant|account|session_storage|kv|test|sub|super|candidate|search|page|cursor|sync|join|merge|match|customer_master)[_-]?keys?",
    re.IGNORECASE,
)

#: A key of whatever it is, where chance made what stands beside it.
_OF_ANY = r"(?-u:[A-Za-z0-9.])(?-u:[A-Za-z0-9_.-])*[_-](?i-u:key)(?:[\"'\\]{0,4}[ \t]{0,20}(?:=>|:=|[=:])[ \t]{0,20}[\"'\\]{0,4}|[ \t]{1,4})"
_KEY = late(rf"(?P<name>{python_pattern(_OF_ANY)})(?P<value>[A-Za-z0-9+/_-]+={{0,2}})$")


_SHORT = r"(?i-u:pswd|psswd|passw(?:rd)?|psw)"
_MISSPELT = late(rf"[\w.-]*{python_pattern(_SHORT)}{_IS}{_TEXT}$")


def _of_any_key(found: str) -> list[tuple[int, int]]:
    parts = _KEY.match(found)
    if parts is None or _OF_THING.fullmatch(parts["name"].rstrip(" \t=:>\"'\\")):
        return []
    return groups(parts) if looks_random(parts["value"]) else []


#: Characters of a name that are looked at.
LONGEST = 200
_MARK = late(r"[=: ]")


def places(found: str) -> list[tuple[int, int]]:
    mark = _MARK.search(found)
    cut = max(0, mark.start() - LONGEST) if mark else 0
    return [(start + cut, stop + cut) for start, stop in _places(found[cut:])]


def _places(found: str) -> list[tuple[int, int]]:
    if at := _of_any_key(found):
        return at
    if at := groups(_MISSPELT.match(found)):
        return at if may_be_secret(found[slice(*at[0])]) else []
    return _of_name(found)


def _of_name(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    at = groups(parts)
    if parts is None or not at or not ends_secret(parts["name"]) or _OF_THING.fullmatch(parts["name"]):
        return []
    value = found[slice(*at[0])]
    name = parts["name"].rpartition(" ")[2]
    return at if _is_secret(name, value) else []


def _is_secret(name: str, value: str) -> bool:
    if not may_be_secret(value) or is_code(value) or is_ordinary(name, value, loose=True):
        return False
    if says_by_guess(name) or re.search("auth$|seed$|salt$|key$|pin$", name, re.IGNORECASE):
        return looks_random(value) or (says_secret(name) and is_chosen(value))
    return is_telling(value, shortest=5)


told_secret(
    "qualified_name",
    "Value beside a name that says secret and for what",
    rf"{_OF_ANY}[A-Za-z0-9+/_-]{{16,}}={{0,2}}|(?-u:[A-Za-z0-9_.-])*(?:[ ][A-Za-z]+)??(?:{_NAMES}{_QUALIFIED}|{_SHORT}){_IS}"
    r"(?:\\{0,3}\"[^\"\\\r\n]{4,}|'[^'\r\n]{4,}|[^\s\"'`&;,<>(){}\[\]\\][^\s\"'&;,<>)}\]\\]{3,})",
    places,
    hint=HINT,
    rare=True,
    gate=rf"(?:{_NAMES}{_QUALIFIED}|{_SHORT}){_IS}[^\s]|[_-](?i-u:key)(?:[\"'\\ \t=:>]+)[A-Za-z0-9+/_-]{{16}}",
)
