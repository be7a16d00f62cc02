"""Secrets in URL queries and form bodies under names that mean something else elsewhere: code, key, sig, state."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import IN_URL, is_of_form, scope_of_credential

_SPLIT = late(r"(.*?(?:=|%3D))(.*)$", re.IGNORECASE | re.DOTALL)
_HEX = late(r"[0-9a-f]{32}")
_HTTP_STATUS = late(r"\d{1,5}|[A-Z][A-Z_]+")


def _parts(found: str) -> tuple[str, str, str]:
    """What stands before the value, the value, what stays after it."""
    parts = _SPLIT.match(found)
    if parts is None:
        return "", found, ""
    end = scope_of_credential(parts[2])
    return parts[1], parts[2][:end], parts[2][end:]


def value(found: str) -> str:
    return _parts(found)[1]


def is_secret(found: str) -> bool:
    """Long enough for a secret, and neither a status, the name of an error nor a way to sign in."""
    head, text, _ = _parts(found)
    if head[1:].lower().startswith("appid") and not _HEX.fullmatch(text):
        return False  # of most services it is public
    if is_of_form(head.strip("?&="), text):
        return False
    return len(text) >= 6 and not is_token(text) and _HTTP_STATUS.fullmatch(text) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, scope = _parts(found)
    return head + pseudonyms.secret("SECRET", text) + scope


detector(
    Detector(
        kind="url_parameter",
        title="Secret in a URL query or form",
        pattern=rf"(?i:(?:[?&]|%3F|%26)(?:(?:q-)?(?:{IN_URL})|appid)(?:=[^\s&\"'<>#;,)}}\]\\]+|%3D[A-Za-z0-9_.~-]+))",
        stage=Stage.PAIR,
        rare=True,
        gate=rf"(?i:(?:[?&]|%3F|%26)(?:(?:q-)?(?:{IN_URL})|appid)(?:=|%3D))",
        normalise=value,
        validate=is_secret,
        render=pseudonym,
    )
)
