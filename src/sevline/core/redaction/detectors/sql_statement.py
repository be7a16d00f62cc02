"""Passwords where a statement of a database takes them by their place: `sp_addlogin 'anna', '…'`, `SET PASSWORD FROM '…' TO '…'`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.told import for_search, may_be_secret, told_secret

_ARGUMENT = r"(?:@[a-z_]+[ \t]*=[ \t]*)?N?'[^'\r\n]*'"
_AND = r"[ \t]*,[ \t]*(?:@[a-z_]+[ \t]*=[ \t]*)?N?"
_FORMS = (
    rf"sp_addlogin[ \t]+{_ARGUMENT}{_AND}'(?P<value1>[^'\r\n]+)'",
    rf"sp_password[ \t]+(?:@[a-z_]+[ \t]*=[ \t]*)?N?'?(?P<value2>[^',\r\n]+)'?{_AND}'(?P<value3>[^'\r\n]+)'",
    rf"sp_addlinkedsrvlogin[ \t]+(?:{_ARGUMENT}|[^',\r\n]+)(?:{_AND}(?:'[^'\r\n]*'|[a-z0-9]+))*?{_AND}'(?P<value4>[^'\r\n]+)'[ \t]*(?:;|$)",
    r"open(?:rowset|datasource)[ \t]*\([ \t]*N?'[^'\r\n]*'[ \t]*,[ \t]*N?'[^'\r\n]*'[ \t]*;[ \t]*N?'[^'\r\n]*'[ \t]*;[ \t]*N?'(?P<value5>[^'\r\n]+)'",
    r"password[ \t]+from[ \t]+['\"](?P<value6>[^'\"\r\n]+)['\"][ \t]+to[ \t]+['\"](?P<value7>[^'\"\r\n]+)['\"]",
    r"(?:en|de)cryptbypassphrase[ \t]*\([ \t]*N?'(?P<value8>[^'\r\n]+)'",
    r"(?:pass[a-z_]*|pwd|user_pass)[ \t]*=[ \t]*(?:md5|sha1?|sha2|sha256|password|old_password|crypt|encrypt|hashbytes|digest|bcrypt|hash)[ \t]*\([ \t]*(?:'(?:sha|md)[^'\r\n]*'[ \t]*,[ \t]*)?N?'(?P<value9>[^'\r\n]+)'",
)
_SPLIT = late("|".join(_FORMS), re.IGNORECASE)


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    if parts is None:
        return []
    spans = [parts.span(name) for name, text in parts.groupdict().items() if text]
    return sorted(span for span in spans if may_be_secret(found[slice(*span)]))


told_secret(
    "sql_statement",
    "Password in a statement of a database",
    rf"(?i:{for_search('|'.join(_FORMS))})",
    places,
    any_case=True,
    keywords=("sp_addlogin", "sp_password", "sp_addlinkedsrvlogin", "openrowset", "opendatasource", "password from", "bypassphrase", "md5(", "sha1(", "sha2(", "sha(", "crypt(", "hashbytes(", "digest(", "encrypt("),
)  # fmt: skip
