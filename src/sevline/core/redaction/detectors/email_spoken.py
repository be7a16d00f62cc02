"""E-mail addresses written so that programs miss them, and in forms that few programs write."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_DOT = r"(?:\.|[ ]?(?:\(dot\)|\[dot\]|\(punkt\)|\[punkt\])[ ]?)"
#: A point that is said or written out.
_SAID_DOT = r"[ ](?:dot|punkt|point|punto|ponto|punt|DOT)[ ]"
_L = "A-Za-z0-9À-žƀ-ɏ"
_HOST = rf"(?:[{_L}](?:[{_L}-]*[{_L}])?{_DOT}){{1,5}}[A-Za-zÀ-žƀ-ɏ]{{2,24}}"
_SPLIT = late(
    r"(?P<local>\"[^\"]*\"|(?:[^\"@\[({<=&]|[(\[](?:dot|punkt)[)\]])+?)(?P<at>[ ]?(?:\(at\)|\[at\]|\{at\}|<at>|\(a\)|&commat;)[ ]?|=40|@|[ ](?:at|arobase|arroba|chiocciola|apenstaartje|klammeraffe|ät)[ ])(?P<host>.*)$",
    re.IGNORECASE | re.DOTALL,
)


_WRITTEN_OUT = late(rf"[ ]?[(\[](?:dot|punkt)[)\]][ ]?|{_SAID_DOT}", re.IGNORECASE)
#: Ends of domains that are no words of a sentence.
_ENDING = r"(?:com|net|org|info|biz|edu|gov|eu|de|ch|fr|es|nl|uk|ie|pt|pl|cz|sk|se|dk|fi|ca|au|nz|jp|br|mx|ar|cl|tr|gr|hu|ro|hr|si|lt|lv|ee|io|dev|app|cloud|shop|online)"
#: Of an address that is spelled at least the last point is said, or the sign between is in capitals.
_SPOKEN = rf"[{_L}_+-]+(?:(?:\.|{_SAID_DOT})[{_L}_+-]+){{0,4}}[ ](?:at|arobase|arroba|chiocciola|apenstaartje|klammeraffe|ät)[ ](?:[{_L}-]+(?:\.|{_SAID_DOT})){{0,3}}[{_L}-]+{_SAID_DOT}{_ENDING}"
_SHOUTED = r"[a-z0-9][a-z0-9._+-]+[ ]AT[ ](?:[a-z0-9][a-z0-9-]*(?:\.|[ ]DOT[ ]|[ ]dot[ ])){1,4}[a-z]{2,12}"


def address(found: str) -> str:
    parts = _SPLIT.match(found)
    if parts is None:
        return found.lower()
    local, host = (_WRITTEN_OUT.sub(".", part) for part in parts.group("local", "host"))
    return f"{local}@{host}".lower()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    local, _, host = address(found).rpartition("@")
    return f"u{pseudonyms.hex16('email user', local)}@d{pseudonyms.hex16('email domain', host)}.redacted.example"


detector(
    Detector(
        kind="email_spoken",
        title="E-mail address in a form that programs miss",
        pattern=(
            rf"(?i:{BEGIN}[{_L}._%+'-]+(?:[ ]?[(\[](?:dot|punkt)[)\]][ ]?[{_L}_%+'-]+){{0,4}}(?:[ ]?(?:\(at\)|\[at\]|\{{at\}}|<at>|\(a\)|&commat;)[ ]?|=40){_HOST}"
            rf"|\"[^\"@\r\n\\]+\"@{_HOST}|{BEGIN}[{_L}._%+'-]+@\[[0-9a-f.:]{{7,45}}\]"
            rf"|{BEGIN}[{_L}._%+'-]+@(?:[{_L}-]+\.){{0,4}}[{_L}-]*[À-žƀ-ɏ][{_L}-]*(?:\.[{_L}-]+){{1,4}}|{BEGIN}{_SPOKEN}(?-u:\b))|{BEGIN}{_SHOUTED}(?-u:\b)"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=rf"(?i:[{_L}\"][ ]?(?:\(at\)|\[at\]|\{{at\}}|<at>|\(a\)|&commat;|=40)[ ]?[{_L}]|\"@[{_L}]|@\[[0-9a-f]|@[{_L}.-]*[À-žƀ-ɏ]|{_SAID_DOT})|[ ]AT[ ][a-z0-9.-]+[.][a-z]",
        any_case=True,
        keywords=(
            "(at)",
            "[at]",
            "{at}",
            "<at>",
            "(a)",
            "&commat;",
            "=40",
            "@",
            " dot ",
            " punkt ",
            " point ",
            " punto ",
            " ponto ",
            " punt ",
            " AT ",
        ),
        normalise=address,
        render=pseudonym,
        in_clear=True,
    )
)
