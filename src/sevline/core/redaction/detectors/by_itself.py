"""Keys that stand where nothing else does: the two of a cloud's account, a log of TLS keys, a drive's recovery key, and
the user and the password of OpenVPN."""

import re

from sevline.core.redaction.detector import UNLED, Stage, token_format
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import looks_random
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_IS = r"[\"'\\]{0,3}[ \t]{0,3}[=:][ \t]{0,3}[\"'\\]{0,3}"
_PAIR = late(rf"[^A-Za-z0-9](?:ak|sk){_IS}(?P<value>[A-Za-z0-9+/_-]{{16,80}})$", re.IGNORECASE)
_LOG = late(r"[A-Z_0-9]+ [0-9a-f]{64} (?P<value>[0-9a-f]{64,})$")


def of_account(found: str) -> list[tuple[int, int]]:
    at = groups(_PAIR.search(found))
    value = found[slice(*at[0])] if at else ""
    upper = value.isupper() and any(map(str.isdigit, value))
    return at if looks_random(value) or upper else []


def of_log(found: str) -> list[tuple[int, int]]:
    return groups(_LOG.match(found))


told_secret(
    "account_keys",
    "Access key and secret key of a cloud's account",
    rf"(?i:(?:^|[\s{{\"'(,;&?_-])(?:ak|sk){_IS}[A-Za-z0-9+/_-]{{16,80}})",
    lambda found: [(start - 1, stop - 1) for start, stop in of_account(f" {found}")],
    rare=True,
    gate=rf"(?i-u:(?:^|[\s{{\"'(,;&?_-])(?:ak|sk){_IS}[A-Za-z0-9+/_-]{{16}})",
)
told_secret(
    "tls_key_log",
    "Secret in a log of TLS keys",
    r"(?:CLIENT_RANDOM|[A-Z_]+_SECRET(?:_[0-9])?)[ ][0-9a-f]{64}[ ][0-9a-f]{64,}",
    of_log,
    keywords=("CLIENT_RANDOM ", "_SECRET ", "_SECRET_0 "),
)
token_format(
    "drive_recovery_key",
    "Recovery key of an encrypted drive",
    r"(?:[0-9]{6}-){7}[0-9]{6}",
    gate=rf"{UNLED}[0-9]{{6}}-[0-9]{{6}}-[0-9]{{6}}-",
)

_INLINE = late(r"<auth-user-pass>\s*\n[^\r\n]*\r?\n(?P<value>[^\r\n<]+?)[ \t]*\r?\n</")


def inline(found: str) -> list[tuple[int, int]]:
    at = groups(_INLINE.match(found))
    return at if at and may_be_secret(found[slice(*at[0])]) else []


told_secret(
    "inline_credentials",
    "Password in the settings of OpenVPN",
    r"<auth-user-pass>[ \t]*\r?\n[^\r\n]*\r?\n[^\r\n<]+\r?\n</auth-user-pass>",
    inline,
    stage=Stage.BLOCK,
    keywords=("<auth-user-pass>",),
)
