"""Places that hold nothing but secrets, such as `credentials: {…}`, and pairs of a name and its value in any words."""

# ruff: noqa: E501 - forms are read whole

import re
from enum import StrEnum
from functools import lru_cache

from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import ends_secret, is_told, looks_random, says_by_guess, says_secret
from sevline.core.redaction.told import is_telling, may_be_secret

HOLDS = r"(?:secrets?|passw(?:ord|d|ort)s|passw(?:ö|oe)rter|passphrases|credentials?|creds|logins?|tokens|api[_-]?keys|access[_-]?keys|private[_-]?keys|signing[_-]?keys|encryption[_-]?keys|zugangsdaten)"
_HOLDS = late(
    rf"(?:.*[_.-])?{HOLDS}|(?-i:[a-zA-Z]+(?:Secrets|Passwords|Credentials|Creds|Tokens|ApiKeys))", re.IGNORECASE
)
#: Holders of nothing but passwords: any word is one.
_OF_PASSWORDS = late(r".*(?:passw(?:ord|d|ort)s|passw(?:ö|oe)rter|passphrases)", re.IGNORECASE)
#: Members of a holder that tell of the secret, or of whose it is.
_TELLS = late(
    r"(?:.*[_. -])?(?:user(?:[_-]?names?)?|logins?|accounts?|names?|ids?|kinds?|types?|hosts?|hostnames?|urls?|uris?|endpoints?|regions?|providers?|desc(?:ription)?|labels?|titles?|paths?|files?|env(?:ironment)?"
    r"|created(?:[_-]?(?:at|by|on))?|updated(?:[_-]?(?:at|by|on))?|expir(?:es|y|ation)(?:[_-]?(?:at|in|on))?|scopes?|alg(?:orithm)?s?|versions?|namespaces?|backends?|engines?|stores?|refs?|status|state|roles?|groups?|domains?|realms?|issuers?|audience|tenants?"
    r"|owners?|notes?|comments?|ports?|format|source|placeholder|hint|prefix|arn|tags?|models?|max|min|used|limit|total|count|prompt|policy|policies|mode|method|driver|template|external|from|to|at|by|in|on)"
    r"|(?-i:[a-z]+(?:Id|Name|Type|Url|Uri|Host|File|Path|At|By|Ref|Arn|In|Count|Type))",
    re.IGNORECASE,
)
_HOST = late(
    r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9]{1,24}(?::[0-9]+)?|v?[0-9]+(?:\.[0-9]+)+(?:[-+].*)?|[a-z]+://.*|[^\s@]+@[^\s@]+\.[a-z]{2,}"
)
_UUID = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.IGNORECASE)
#: Where a value is kept, and not the value: `op://vault/item`, `vault:secret/app#key`, `env.TOKEN`, a name in capitals.
_REFERENCE = late(
    r"(?:op|vault|ssm|aws|arn|env|file|ref|gcp|azure|akv|sm|bws|awssm|secretsmanager|ref\+[a-z]+)[:.].*|[@!#%].*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z0-9]+(?:[-_/][a-z0-9]+)*",
    re.DOTALL,
)

#: Members that say how another one is called, and members that hold what it is.
NAMES = frozenset(
    ("name", "key", "id", "k", "n", "header", "headername", "field", "fieldname", "label", "title", "param", "parameter", "parametername", "parameterkey", "paramname", "property", "propertyname", "setting", "settingname"
     , "option", "optionname", "variable", "variablename", "varname", "attribute", "attributename", "envname", "keyname", "configkey", "fieldid", "itemname")
)  # fmt: skip
VALUES = frozenset(
    ("value", "val", "v", "content", "text", "data", "string", "stringvalue", "string_value", "headervalue", "fieldvalue", "parametervalue", "paramvalue", "propertyvalue", "settingvalue", "optionvalue", "variablevalue", "attributevalue", "envvalue"
     , "keyvalue", "configvalue", "plain", "plaintext", "plain_text", "cleartext", "clear_text", "currentvalue", "newvalue", "oldvalue", "defaultvalue", "default", "secretvalue", "answer")
)  # fmt: skip


#: Characters from which no name is so long.
LONGEST = 80


def holds_secrets(name: str) -> bool:
    """Whether an object or a mapping of this name holds secrets under any names."""
    return _HOLDS.fullmatch(name) is not None


def is_held(holder: str, name: str, value: str) -> bool:
    """Whether a member of such an object is one of its secrets, and tells nothing of them."""
    if _TELLS.fullmatch(name) or not may_be_secret(value, shortest=4) or is_told(value):
        return False
    if _HOST.fullmatch(value) or _UUID.fullmatch(value):
        return False
    if _OF_PASSWORDS.fullmatch(holder):
        return " " not in value or any(map(str.isdigit, value))
    return looks_random(value) or (is_telling(value) and " " not in value and _REFERENCE.fullmatch(value) is None)


class _Told(StrEnum):
    """What the name of a pair says of its value."""

    NOTHING = "nothing"
    BY_GUESS = "that it is secret where chance made it"
    IN_WORDS = "that it is secret where it is one word"
    ALWAYS = "that it is secret"


@lru_cache(maxsize=4_096)
def _told(name: str) -> _Told:
    if says_by_guess(name):
        return _Told.BY_GUESS
    if " " in name and ends_secret(name) and says_secret(name.rpartition(" ")[2]):
        return _Told.IN_WORDS
    return _Told.ALWAYS if says_secret(name) else _Told.NOTHING


def says_of_pair(name: str, value: str) -> bool:
    """Whether the name of a pair says that its value is secret, and the value may be one."""
    last = name.rpartition("/")[2].strip().lstrip("-").rstrip(": ")
    told = _told(last) if len(last) <= LONGEST else _Told.NOTHING  # most say nothing, and come again and again
    if told is _Told.NOTHING or not may_be_secret(value, shortest=4) or is_told(value):
        return False
    if " " in value and not any(map(str.isdigit, value)):
        return False  # what a form or a page says there
    if told is _Told.BY_GUESS:
        return looks_random(value)
    if told is _Told.IN_WORDS:
        return " " not in value and is_telling(value, shortest=4)
    return value.lower() not in ("string", "text", "password", "secret")


def is_chosen(value: str) -> bool:
    """Whether somebody chose it, or chance: no word and no name of a field, which stand beside such names too."""
    return (
        may_be_secret(value)
        and " " not in value
        and not _HOST.fullmatch(value)
        and (looks_random(value) or (is_telling(value) and _REFERENCE.fullmatch(value) is None))
    )
