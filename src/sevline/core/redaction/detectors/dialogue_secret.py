"""Passwords that a dialogue or a list asks for a line before: the answer to SMTP's prompt, the users of `chpasswd`, the input of `expect`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_SMTP = r"334 (?:UGFzc3dvcmQ6|cGFzc3dvcmQ6)[^\r\n]*\r?\n(?:[^\r\n]*[ \t])?"
_ANSWER = re.compile(rf"{_SMTP}(?P<value>[A-Za-z0-9+/]+={{0,2}})[ \t]*\r?\n?$", re.DOTALL)
_LIST = r"chpasswd:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*(?:\r?\n|$))+"
_USER = re.compile(r"^[ \t]+(?:- )?[A-Za-z_][\w.-]*:(?P<value>[^\s:](?:[^\r\n]*\S)?)[ \t]*\r?$", re.MULTILINE)


def places(found: str) -> list[tuple[int, int]]:
    if at := groups(_ANSWER.match(found)):
        return at
    users = [user.span("value") for user in _USER.finditer(found)]
    return [(start, stop) for start, stop in users if may_be_secret(found[start:stop])]


told_secret(
    "dialogue_secret",
    "Password on the line after its question",
    rf"{_SMTP}[A-Za-z0-9+/]+={{0,2}}[ \t]*(?:\r?\n|$)|{_LIST}",
    places,
    stage=Stage.BLOCK,
    keywords=("334 UGFzc3dvcmQ6", "334 cGFzc3dvcmQ6", "chpasswd:"),
)
