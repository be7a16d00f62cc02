"""Accounts and keys in connection strings made of `name=value;` pairs (ADO, Azure storage and service bus)."""

import re
from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_PAIR = late(r"(?P<name>[A-Za-z][\w ]*?)[ ]?=[ ]?(?P<value>\{[^}]*\}|[^;]*)")
_USERS = frozenset(("user id", "userid", "uid", "user", "username", "user name", "accountname"))
_SECRETS = frozenset(
    ("password", "pwd", "accountkey", "sharedaccesskey", "sharedaccesssignature", "accesskey", "secret", "apikey")
)


def secrets(found: str) -> Iterator[str]:
    for pair in _PAIR.finditer(found):
        if pair["name"].lower() in _SECRETS:
            yield pair["value"]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    def one(match: re.Match[str]) -> str:
        name, value = match["name"].lower(), match["value"]
        if not value or is_token(value):
            return match.group()
        before = match.group()[: -len(value)]
        if name in _SECRETS:
            return before + pseudonyms.secret("SECRET", value)
        return before + pseudonyms.token("USER", value, kind="user") if name in _USERS else match.group()

    return _PAIR.sub(one, found)


detector(
    Detector(
        kind="connection_string",
        title="Account and key in a connection string",
        pattern=(
            r"(?i:(?-u:\b)(?:server|data source|host|endpoint|defaultendpointsprotocol|accountname|address|addr"
            r"|network address|blobendpoint|user id|uid|username|database|initial catalog)[ ]?=[ ]?[^;=\r\n\"']*;"
            r"(?:[ ]?[A-Za-z][A-Za-z0-9 _]*[ ]?=[ ]?(?:\{[^}\r\n]*\}|[^;\r\n\"']*);?)+)"
        ),
        stage=Stage.URL,
        gate=r"(?i:(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|accesskey|secret|apikey)[ ]?=)",
        render=pseudonym,
        secrets=secrets,
    )
)
