"""The login that opens a line whose secret follows: lists of accounts of VPNs, RADIUS, PPP and web servers.

`anna.meyer : EAP "…"`, `ameyer Cleartext-Password := "…"`, `ameyer * "…" *`, `# ameyer:{SSHA}…`
"""

# ruff: noqa: E501 - patterns are read whole

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_login
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.secret_names import says_by_guess, says_secret
from sevline.core.redaction.shield import STAND_IN

_LOGIN = r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)?[0-9]*"
#: What stands between the two: how the secret is used, which server asks for it, how it was hashed.
_USE = r"(?:[ \t]*:[ \t]*(?:EAP|XAUTH|NTLM|PIN)[ \t]+|[ \t]+(?:Cleartext|User|NT|LM|Crypt|SHA|SSHA|MD5|SMD5)-Password[ \t]*:?=+[ \t]*|[ \t]+(?:\*|[a-z0-9-]*(?:pppd?|l2tpd?|pptpd?|pppoe)[a-z0-9-]*)[ \t]+)"
_SPLIT = late(r"(?P<head>[ \t#;]*\"?)(?P<name>[a-z][a-z0-9._-]*)(?P<rest>.*)$")


def _parts(found: str) -> tuple[str, str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["name"], parts["rest"]) if parts else (found, "", "")


def is_person(found: str) -> bool:
    text = _parts(found)[1]
    return is_login(text) and text.count(".") < 2 and not says_secret(text) and not says_by_guess(text)


def name(found: str) -> str:
    return _parts(found)[1]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.token("PERSON", text, kind="term person") + rest


detector(
    Detector(
        kind="login_before",
        title="Login before its secret in a list of accounts",
        pattern=rf"^[ \t#;]{{0,8}}\"?{_LOGIN}\"?(?:{_USE}\"?{STAND_IN}|:\{{[A-Z0-9-]{{2,12}}\}}{STAND_IN}|[ ]*:[ ]*{STAND_IN}$)",
        stage=Stage.PERSONAL,
        rare=True,
        keywords=(" EAP ", " XAUTH ", " NTLM ", "-Password", "ppp", "l2tp", "pptp", " * ", "\t*\t", ":{"),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=lambda found: (name(found),),
    )
)
