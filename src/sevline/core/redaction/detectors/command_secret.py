"""Passwords on command lines, in .netrc and in .pgpass: what stands where such a line has its secret."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import is_filled_in, is_ordinary

_PARTS = late(
    r"(?P<before>[ \t]*(?:-u|-U|--user|--proxy-user)[ \t=]*[\"']?)(?P<user>[^\s:\"']+)(?P<colon>:)(?P<value>.+)$"
    r"|(?P<option>[ \t]*(?:-p|-a|--[A-Za-z0-9-]+)[ \t=]*[\"']?)(?P<secret>.+)$"
    r"|(?P<login>.*\blogin\s+)(?P<name>\S+)(?P<between>\s+password\s+)(?P<netrc>\S+)$"
    r"|(?P<pgpass>[^:]+:[^:]+:[^:]+:)(?P<role>[^:]+)(?P<last>:)(?P<word>.+)$",
    re.DOTALL,
)
#: How a long option ends that takes a secret.
_LONG = (
    r"(?:password|passwd|passphrase|passcode|pass|pwd|psk|pin|token|secret|credentials"
    r"|(?:api|secret|access|account|shared|auth|jwt|signing|encryption|master|hmac|license|storage|app|client|webhook|admin)-?_?key)"
)
_LONG_OPTION = late(r"[ \t]*-p(?:assw|ort|ath|rofile|roject|refix|aram|rint|roto|age|attern|lugin)", re.IGNORECASE)
_WORDS = frozenset(
    [
        "and",
        "or",
        "option",
        "options",
        "is",
        "are",
        "for",
        "to",
        "the",
        "with",
        "must",
        "can",
        "flag",
        "flags",
        "argument",
        "as",
        "in",
        "on",
        "not",
        "was",
        "will",
        "if",
        "when",
        "of",
        "from",
    ]
)
_NO_WORDS = ("*", "x", "-")
_PORTS = late(r"[0-9.:]+(?:/(?:tcp|udp))?")


def _split(found: str) -> tuple[str, str, str, str]:
    """What stays, the user, what stays between, the secret."""
    parts = _PARTS.match(found)
    if parts is None:
        return found, "", "", ""
    if parts["secret"]:
        return parts["option"], "", "", parts["secret"]
    for names in (("before", "user", "colon", "value"), ("login", "name", "between", "netrc"),
                  ("pgpass", "role", "last", "word")):  # fmt: skip
        if parts[names[3]]:
            return parts[names[0]], parts[names[1]], parts[names[2]], parts[names[3]]
    return found, "", "", ""


def secret(found: str) -> str:
    return _split(found)[3]


def _tells_of_option(value: str) -> bool:
    if is_ordinary("password", value, loose=False):
        return True
    return value.isalpha() and (value.isupper() or value.lower() in _WORDS)


def is_secret(found: str) -> bool:
    value = secret(found)
    if found.lstrip(" \t").startswith("--") and _tells_of_option(value):
        return False
    if _LONG_OPTION.match(found) or is_filled_in(value):
        return False
    return (
        bool(value)
        and not is_token(value)
        and value[0] != "<"
        and value not in _NO_WORDS
        and not _PORTS.fullmatch(value)
    )


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, user, between, value = _split(found)
    name = user if not user or user == "*" or is_token(user) else pseudonyms.token("USER", user, kind="user")
    return before + name + between + pseudonyms.secret("SECRET", value)


detector(
    Detector(
        kind="command_secret",
        title="Password on a command line, in .netrc or in .pgpass",
        pattern=(
            r"[ \t](?:-u|-U|--user|--proxy-user)[ \t=]*(?:\"[^\s:\"'-][^:\"]*:[^\"\r\n]+|'[^\s:\"'-][^:']*:[^'\r\n]+)"
            r"|[ \t](?:-u|-U|--user|--proxy-user)[ \t=]*[\"']?[^\s:\"'-][^\s:\"']*:(?:[^\s\"'@/]|/[^\s\"'@/])[^\s\"'@]*"
            r"|[ \t]-p[\"']?[^\s\"'0-9-][^\s\"']{3,}|[ \t]-p(?:[\"'][^\"'\r\n]{4,}|[0-9]+[A-Za-z^$!#%-][^\s\"']*)"
            r"|[ \t]-[ap] [\"']?[^\s\"'-][^\s\"']{5,}"
            rf"|[ \t]--(?:(?:[a-z-]*-)?{_LONG}|[a-z][A-Za-z0-9]*(?:Password|Passwd|Passphrase|Pass|Pwd|Token|Secret|Key|Credentials?|Pin|Psk))[ \t]+"
            r"(?:\"[^\"\r\n-][^\"\r\n]*|'[^'\r\n-][^'\r\n]*|[^\s\"'-][^\s\"']*)"
            r"|(?-u:\b)login\s+\S+\s+password\s+\S+"
            r"|(?:(?-u:\b)|^)[A-Za-z0-9.*_-]+:(?:54[0-9]{2}|64[0-9]{2}|6543|\*):[A-Za-z0-9_*-]+:[A-Za-z0-9_.*-]+:(?:[^\s:\"',\\]|\\.){3,}"
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=(
            r"--(?:proxy-)?user[ \t=]+[\"']?[^\s:\"'-][^\s:\"']*:[^\s:]|(?:curl|wget|mysql|mariadb|sshpass|redis-cli|mongosh?|psql|ldap|htpasswd)[^\r\n]*[ \t]--?[a-zA-Z]"
            rf"|--(?:(?:[a-z-]*-)?{_LONG}|[a-z][A-Za-z0-9]*(?:Pass[a-z]*|Pwd|Token|Secret|Key|Credentials?|Pin|Psk))[ \t]"
            r"|login\s+\S+\s+password\s|:(?:54[0-9]{2}|64[0-9]{2}|6543|\*):[A-Za-z0-9_*-]+:[A-Za-z0-9_.*-]+:"
        ),
        normalise=secret,
        validate=is_secret,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
