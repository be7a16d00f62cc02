"""Okta API token."""

from sevline.core.redaction.detector import Detector, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_TOKEN = late(r"00[A-Za-z0-9_-]{40}")


def token(found: str) -> str:
    inside = _TOKEN.search(found)
    return inside.group() if inside else found


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """What stands on both sides stays."""
    return found.replace(token(found), pseudonyms.secret("OKTA-TOKEN", token(found)))


detector(
    Detector(
        kind="okta_token",
        title="Okta API token",
        # Between two signs of base64 it is a piece of a certificate or a key, and no token.
        pattern=r"(?:^|[^A-Za-z0-9+/=_-])00[A-Za-z0-9_-]{40}(?:$|[^A-Za-z0-9+/=_-])|=00[A-Za-z0-9_-]{40}(?:$|[^A-Za-z0-9+/=_-])",
        gate=r"(?-u:\b)00[A-Za-z0-9_-]{40}(?-u:\b)",
        rare=True,
        normalise=token,
        render=pseudonym,
    )
)
