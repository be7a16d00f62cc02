"""E-mail addresses written so that programs miss them, and in forms that few programs write."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_DOT = r"(?:\.|[ ]?(?:\(dot\)|\[dot\]|\(punkt\)|\[punkt\])[ ]?)"
_L = "A-Za-z0-9À-žƀ-ɏ"
_HOST = rf"(?:[{_L}](?:[{_L}-]*[{_L}])?{_DOT}){{1,5}}[A-Za-zÀ-žƀ-ɏ]{{2,24}}"
_SPLIT = late(
    r"(?P<local>\"[^\"]*\"|[^\"@\[({<=&]+?)(?P<at>[ ]?(?:\(at\)|\[at\]|\{at\}|<at>|\(a\)|&commat;)[ ]?|=40|@)(?P<host>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def address(found: str) -> str:
    parts = _SPLIT.match(found)
    host = re.sub(r"[ ]?[(\[](?:dot|punkt)[)\]][ ]?", ".", parts["host"], flags=re.IGNORECASE) if parts else ""
    return f"{parts['local']}@{host}".lower() if parts else found.lower()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    local, _, host = address(found).rpartition("@")
    return f"u{pseudonyms.hex16('email user', local)}@d{pseudonyms.hex16('email domain', host)}.redacted.example"


detector(
    Detector(
        kind="email_spoken",
        title="E-mail address in a form that programs miss",
        pattern=(
            rf"(?i:{BEGIN}[{_L}._%+'-]+(?:[ ]?(?:\(at\)|\[at\]|\{{at\}}|<at>|\(a\)|&commat;)[ ]?|=40){_HOST}"
            rf"|\"[^\"@\r\n\\]+\"@{_HOST}|{BEGIN}[{_L}._%+'-]+@\[[0-9a-f.:]{{7,45}}\]"
            rf"|{BEGIN}[{_L}._%+'-]+@(?:[{_L}-]+\.){{0,4}}[{_L}-]*[À-žƀ-ɏ][{_L}-]*(?:\.[{_L}-]+){{1,4}})"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=rf"(?i:[{_L}\"][ ]?(?:\(at\)|\[at\]|\{{at\}}|<at>|\(a\)|&commat;|=40)[ ]?[{_L}]|\"@[{_L}]|@\[[0-9a-f]|@[{_L}.-]*[À-žƀ-ɏ])",
        any_case=True,
        keywords=("(at)", "[at]", "{at}", "<at>", "(a)", "&commat;", "=40", "@"),
        normalise=address,
        render=pseudonym,
        in_clear=True,
    )
)
