"""Passwords that a dialogue or a list asks for a line before: the answer to SMTP's prompt, the users of `chpasswd`, and
what a command prints that is there to show a secret."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_SMTP = r"334 (?:UGFzc3dvcmQ6|cGFzc3dvcmQ6)[^\r\n]*\r?\n(?:[^\r\n]*[ \t])?"
_ANSWER = late(rf"{_SMTP}(?P<value>[A-Za-z0-9+/]+={{0,2}})[ \t]*\r?\n?$", re.DOTALL)
_LIST = r"chpasswd:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*(?:\r?\n|$))+"
_USER = late(r"^[ \t]+(?:- )?[A-Za-z_][\w.-]*:(?P<value>[^\s:](?:[^\r\n]*\S)?)[ \t]*\r?$", re.MULTILINE)


_SAYS = r"[A-Za-z0-9_-]{0,60}(?:pass|secret|token|key|pw|PASS|SECRET|TOKEN|KEY|PW)[A-Za-z0-9_-]{0,60}"
#: A command that shows a secret, and the one line that it prints.
_COMMANDS = (
    rf"-field=[A-Za-z_-]*(?:pass|secret|token|key|pw)[A-Za-z_-]*[^\r\n]*|\.data\.[^\r\n]*base64[ ]+(?:-d|-D|--decode)(?:;[ ]?echo)?"
    rf"|print-access-token|print-identity-token|kubectl[ ]create[ ]token[ ][^\r\n]*|(?:go)?pass[ ]show[ ][^\r\n]*|op[ ]read[ ][^\r\n]*"
    rf"|--query[ ]SecretString[^\r\n]*|find-generic-password[^\r\n]*[ ]-w|bw[ ]get[ ](?:password|totp)[ ][^\r\n]*"
    rf"|secrets[ ]versions[ ]access[ ][^\r\n]*|keyvault[ ]secret[ ]show[ ][^\r\n]*--query[ ]value[^\r\n]*|(?:printenv[ ]|echo[ ][\"']?\$\{{?){_SAYS}\}}?[\"']?"
    rf"|output[ ]-raw[ ]{_SAYS}|config:get[ ]{_SAYS}[^\r\n]*"
)
_SHOWS = rf"(?:[$#%>❯➜][ \t]|PS[^\r\n>]{{0,80}}>[ \t])(?:[^\r\n]*[^A-Za-z0-9_-])??(?:{_COMMANDS})[ \t]*\r?\n"
_SHOWN = late(rf"{_SHOWS}(?P<value>[^\r\n]+?)[ \t]*$")
LONGEST = 4_000
_NO_ANSWER = late(
    r"(?:error|unable|could|cannot|usage|warning)\b|no |.*(?:not found|denied|forbidden|: )", re.IGNORECASE
)


def places(found: str) -> list[tuple[int, int]]:
    if at := groups(_ANSWER.match(found)):
        return at
    if at := _shown(found):
        value = found[slice(*at[0])]
        return at if may_be_secret(value) and _NO_ANSWER.match(value) is None and len(value.split(" ")) < 7 else []
    users = [user.span("value") for user in _USER.finditer(found)]
    return [(start, stop) for start, stop in users if may_be_secret(found[start:stop])]


def _shown(found: str) -> list[tuple[int, int]]:
    """Of a line that is longer than commands are its end is looked at: the pattern takes the square of the time."""
    cut = max(0, found.find("\n") - LONGEST)
    if not cut:
        return groups(_SHOWN.match(found))
    return [(start + cut - 2, stop + cut - 2) for start, stop in groups(_SHOWN.match(f"$ {found[cut:]}"))]


told_secret(
    "dialogue_secret",
    "Password on the line after its question",
    rf"{_SMTP}[A-Za-z0-9+/]+={{0,2}}[ \t]*(?:\r?\n|$)|{_LIST}|{_SHOWS}[^\s$#%>-][^\r\n]{{3,300}}",
    places,
    stage=Stage.BLOCK,
    keywords=(
        "334 UGFzc3dvcmQ6",
        "334 cGFzc3dvcmQ6",
        "chpasswd:",
        "-field=",
        "base64 -",
        "print-access-token",
        "print-identity-token",
        "create token ",
        "pass show ",
        "op read ",
        "SecretString",
        "generic-password",
        "bw get ",
        "versions access ",
        "keyvault secret",
        "printenv ",
        "echo $",
        'echo "$',
        "echo '$",
        "output -raw ",
        "config:get ",
    ),
)
