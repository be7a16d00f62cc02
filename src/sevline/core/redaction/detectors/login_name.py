"""User names where a log always writes them: access logs, sign-ins of sshd, sudo and databases."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_login
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = late(
    r"(?P<before>su: \(to \S+\) |\((?=\S+\) CMD)|(?:password|publickey|interactive/pam) for (?:invalid user )?"
    r"|[Ii]nvalid user |(?:for|of|as|with) user [\"']?|[Uu]ser ['\"<\[(]|[Uu]sername ?(?:= ?|: ?|is )?['\"<\[(]|Login (?:OK|incorrect)[^\[]*: \[|(?:authenticating|from|by) user |Group <[^<>]*> User <|[Ii]dentity[ :=]{1,3}['\"]?|pam for |[Ff]ailed \S+ for |\[(?=[^\]]*\] Peer Connection)|(?=[a-z0-9._-]+/[0-9.]+:[0-9]+ )"
    r"|(?:[Dd]isconnected from|[Cc]losed by)(?: authenticating)? user |[A-Za-z]{1,4}[0-9]+ LOGIN \"?|\S+ (?=\S+ \[[0-3]?[0-9]/))"
    r"(?P<name>[^\s'\"\[\]()<>/@]+?)(?P<after>[.,;:]*(?:[\s'\"\[\]()<>/@].*)?)$",
    re.DOTALL,
)
_DOMAIN = late(r"@[\w-]+(?:\.[\w-]+)+[\s\"']")
_STATE = late(
    r"\w*(?:ed|ing|ion|able|ible|ment|s)|\w{1,3}|interface|space|experience|interaction|code|mode|level|role|table|time"
)


def _parts(found: str) -> tuple[str, str, str]:
    parts = _SPLIT.match(found)
    return (parts["before"], parts["name"], parts["after"]) if parts else (found, "", "")


def name(found: str) -> str:
    return _parts(found)[1].lower()


def is_person(found: str) -> bool:
    before, name, after = _parts(found)
    if _DOMAIN.match(after):
        return False  # an address, which is masked as one
    if before.startswith("of ") and (_STATE.fullmatch(name) or after[:2].strip()[:1].isalpha()):
        return False  # `session of user ignored`
    return is_login(name)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, value, after = _parts(found)
    return f"{before}{pseudonyms.token('PERSON', value.lower(), kind='term person')}{after}"


def people(found: str) -> tuple[str, ...]:
    """Who signed in; behind “for user” anything may stand."""
    before, name, _ = _parts(found)
    return () if before.startswith(("for ", "of ", "as ", "with ")) else (name,)


detector(
    Detector(
        kind="login_name",
        title="User name in an access log or a sign-in",
        pattern=(
            r"[^\s\"]+ [^\s\"\[\]]+ \[[0-3]?[0-9]/[A-Z][a-z]{2}/[0-9]{4}:"
            r"|(?:password|publickey|interactive/pam) for (?:invalid user )?[^\s\[(]+ from"
            r"|[Ii]nvalid user [^\s\[(]+ from"
            r"|\([a-z][a-z0-9._-]{1,31}\) CMD \(|su: \(to [a-z0-9._-]+\) [a-z][a-z0-9._-]{1,31} on "
            r"|(?:for|of) user [\"']?[^\s'\"\[(]+|(?:as|with) user [\"'][^\s'\"\[(]+|[Uu]ser (?:'[^\s'\[(]+'|\"[^\s\"\[(]+\"|<[^\s<>]+>|\[[^\s\[\]]+\])|[Uu]sername ?(?:= ?|: ?|is )?['\"<\[][^\s'\"<>\[\]]+['\">\]]"
            r"|Login (?:OK|incorrect)[^\[\r\n]{0,40}: \[[^\s\[\]/<>]+[/\]]|(?:authenticating|[Dd]isconnected from|[Cc]losed by) user [^\s\[(]+ [0-9a-f]|[A-Za-z]{1,4}[0-9]+ LOGIN \"?[^\s\"@]+|Group <[^<>]*> User <[^<>\s]+>|[Ii]dentity '[^\s'\[(]+'|[Ff]ailed (?:none|keyboard-interactive/pam) for [^\s\[(]+ from"
            r"|\[[^\s\[\]]+\] Peer Connection|[a-z][a-z0-9._-]{2,30}/[0-9]{1,3}\.[0-9.]+:[0-9]{2,5} "
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=(
            r"[^\s\"-] \[[0-3]?[0-9]/[A-Z][a-z]{2}/[0-9]{4}:|(?:password|publickey|pam) for |[Ii]nvalid user "
            r"|\) CMD \(|su: \(to |(?:for|of) user |(?:as|with) user [\"']|[Uu]ser(?:name)?[ =:is]{0,4}['\"<\[]|Login (?:OK|incorrect)|(?:ing|from|by) user |[0-9] LOGIN |\] Peer Connection|[Ff]ailed (?:none|keyboard)|[Ii]dentity '|[a-z]/[0-9]{1,3}\.[0-9.]+:[0-9]"
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=people,
    )
)
