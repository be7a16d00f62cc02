"""User names where a log always writes them: access logs, sign-ins of sshd, sudo and databases."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_login
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = late(
    r"(?P<before>su: \(to \S+\) |\((?=\S+\) CMD)|(?:password|publickey|interactive/pam) for (?:invalid user )?"
    r"|[Ii]nvalid user |(?:for|of|as|with) user [\"']?|[Uu]ser '|\S+ )"
    r"(?P<name>[^\s'\"\[()]+?)(?P<after>[.,;:]*(?:[\s'\"\[()].*)?)$",
    re.DOTALL,
)
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
    if before.startswith("of ") and (_STATE.fullmatch(name) or after[:2].strip()[:1].isalpha()):
        return False  # `session of user ignored`
    return is_login(name)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, value, after = _parts(found)
    return f"{before}{pseudonyms.token('PERSON', value.lower(), kind='term person')}{after}"


detector(
    Detector(
        kind="login_name",
        title="User name in an access log or a sign-in",
        pattern=(
            r"[^\s\"]+ [^\s\"\[\]]+ \[[0-3]?[0-9]/[A-Z][a-z]{2}/[0-9]{4}:"
            r"|(?:password|publickey|interactive/pam) for (?:invalid user )?[^\s\[(]+ from"
            r"|[Ii]nvalid user [^\s\[(]+ from"
            r"|\([a-z][a-z0-9._-]{1,31}\) CMD \(|su: \(to [a-z0-9._-]+\) [a-z][a-z0-9._-]{1,31} on "
            r"|(?:for|of) user [\"']?[^\s'\"\[(]+|(?:as|with) user [\"'][^\s'\"\[(]+|[Uu]ser '[^\s'\[(]+'"
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=(
            r"[^\s\"-] \[[0-3]?[0-9]/[A-Z][a-z]{2}/[0-9]{4}:|(?:password|publickey|pam) for |[Ii]nvalid user "
            r"|\) CMD \(|su: \(to |(?:for|of) user |(?:as|with) user [\"']|[Uu]ser '"
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
    )
)
