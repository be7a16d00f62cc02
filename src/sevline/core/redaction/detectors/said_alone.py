"""A password that is all somebody says in a chat: words joined to remember them, a number at the end."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_JOINED = r"[A-ZÀ-Þ][a-zß-ÿ]{2,}(?:(?:[-_][A-ZÀ-Þ]?|[.][A-ZÀ-Þ])[a-zß-ÿ]{2,})+[-_.]?[0-9]{1,4}"
#: Programs tell the second without brackets around it, and chats do not.
_OF_LOG = late(r"[^\[\]]*[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?!\])")
_SPLIT = late(rf"(?P<head>.*: )(?P<value>{_JOINED})(?P<rest>\s*)$", re.DOTALL)


def secret(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts["value"] if parts else found


def is_said(found: str) -> bool:
    return _OF_LOG.match(found) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _SPLIT.match(found)
    return found if parts is None else parts["head"] + pseudonyms.secret("SECRET", parts["value"]) + parts["rest"]


detector(
    Detector(
        kind="said_alone",
        title="Password that is all somebody says in a chat",
        # The time of the line, who speaks, and nothing else but the password.
        pattern=rf"^[^\r\n]{{0,14}}[0-9]{{1,2}}:[0-9]{{2}}[^\r\n:]{{0,12}}[ ][^:\r\n]{{2,40}}:[ ]{_JOINED}[ \t\r]*$",
        stage=Stage.PAIR,
        gate=r": [A-Z][^\x00-\x40]+[-_.][^\x00-\x1f :,;/()]+[0-9][ \t\r]*$",
        normalise=secret,
        validate=is_said,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
        in_clear=True,
    )
)
