"""User names and passwords before the host of a URL, of any scheme, also percent-encoded."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import is_filled_in

_PARTS = late(r"(.*?(?:://|%3A%2F%2F))(.*?)(:|%3A)(.*)(@|%40)$", re.IGNORECASE | re.DOTALL)


def has_password(found: str) -> bool:
    parts = _PARTS.match(found)
    return parts is not None and bool(parts.group(4)) and not (is_token(parts.group(4)) or is_filled_in(parts.group(4)))


def password(found: str) -> str:
    parts = _PARTS.match(found)
    return parts.group(4) if parts else found


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _PARTS.match(found)
    if parts is None:
        return found
    begin, user, colon, secret, at = parts.groups()
    name = user if not user or is_token(user) else pseudonyms.token("USER", user, kind="user")
    return f"{begin}{name}{colon}{pseudonyms.secret('SECRET', secret)}{at}"


detector(
    Detector(
        kind="url_credentials",
        title="User name and password in a URL",
        pattern=(
            r"(?i:(?-u:\b)[a-z][a-z0-9+._-]{1,30}://[^\s:/?#\"'@]{0,100}:[^\s/?#\"'@]{1,200}@"
            r"|(?-u:\b)[a-z][a-z0-9+._-]{1,30}%3A%2F%2F[A-Za-z0-9_.-]{0,100}%3A[A-Za-z0-9_.~%!-]{1,200}?%40)"
        ),
        stage=Stage.URL,
        any_case=True,
        keywords=("://", "%3a%2f%2f"),
        gate=r"(?i:://[^\s/]*:[^\s/]*@|%3A%2F%2F)",
        normalise=password,
        validate=has_password,
        render=pseudonym,
        secrets=lambda found: (password(found),),
    )
)
