"""Tokens in the path of links that sign somebody in, reset a password or accept an invitation."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = late(r"(.*[/=])([^/=]+)$", re.DOTALL)
#: From a small letter to a capital one and back, which no name of a page does time and again.
_CHANGES = late(r"(?<=[a-z])[A-Z]|(?<=[A-Z])[a-z]")
#: Letters that no word has side by side.
_UNSPOKEN = late(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_UUID = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def token(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts.group(2) if parts else found


def is_token_of_link(found: str) -> bool:
    """Letters and digits without any sense; the name of a page has words, and an id is not secret."""
    text = token(found)
    changes = len(_CHANGES.findall(text))
    is_spoken = changes <= 0.3 * len(text) and _UNSPOKEN.search(text) is None
    is_made = any(map(str.isdigit, text)) or (text.isalpha() and not is_spoken)
    return is_made and any(map(str.isalpha, text)) and _UUID.fullmatch(text) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    text = token(found)
    return found[: len(found) - len(text)] + pseudonyms.secret("SECRET", text)


detector(
    Detector(
        kind="link_token",
        title="Token in a link that signs in, resets or invites",
        pattern=(
            r"(?i:/(?:password[_-]?)?(?:reset(?:[_-]?password)?|invite|invitations?|activate|activation|confirm|magic(?:[_-]?links?)?"
            r"|unsubscribe|verify(?:[_-]?email)?|set-password|accept|enter|send|join|share)(?:/[A-Za-z0-9_.=-]{20,300}|\?[a-z_]{1,10}=[A-Za-z0-9_.-]{20,300}))"
        ),
        stage=Stage.PAIR,
        any_case=True,
        keywords=(
            "/reset",
            "/password",
            "/invit",
            "/activat",
            "/confirm",
            "/magic",
            "/unsubscribe",
            "/verify",
            "/set-pass",
            "/accept",
            "/enter",
            "/send",
            "/join",
            "/share",
        ),
        gate=r"(?i:/[a-z_-]{0,20}(?:reset|invit|activat|confirm|magic|unsubscribe|verify|password|accept|enter|send|join|share)[a-z_-]{0,12}[/?])",
        normalise=token,
        validate=is_token_of_link,
        render=pseudonym,
    )
)
