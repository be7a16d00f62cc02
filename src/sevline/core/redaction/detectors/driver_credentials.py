"""User and password in the addresses of database drivers that are no URLs: `app:…@tcp(db)`, `jdbc:oracle:thin:app/…@db`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

#: Lookups of Exim: `host/database/user/password`.
_OF_EXIM = r"(?:my|pg)sql_servers[ \t]*=[ \t]*[^\s/\"']+/[^\s/\"']*/"
_SPLIT = late(rf"(?P<head>{_OF_EXIM})(?P<user>[^\s:/@]+)(?P<mark>/)(?P<value>.+)(?P<rest>)$", re.IGNORECASE | re.DOTALL)
_AT = late(
    r"(?P<head>jdbc:oracle:[a-z0-9]+:|sqlplus\s+(?:-\S+\s+)*|conn(?:ect)?\s+|)(?P<user>[^\s:/@\"']+)(?P<mark>[:/])(?P<value>.+)(?P<rest>@.*)$",
    re.IGNORECASE | re.DOTALL,
)


def secret(found: str) -> str:
    parts = _SPLIT.match(found) or _AT.match(found)
    return parts["value"] if parts else found


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _SPLIT.match(found) or _AT.match(found)
    if parts is None or is_token(parts["value"]):
        return found
    user = parts["user"] if is_token(parts["user"]) else pseudonyms.token("USER", parts["user"], kind="user")
    return f"{parts['head']}{user}{parts['mark']}{pseudonyms.secret('SECRET', parts['value'])}{parts['rest']}"


detector(
    Detector(
        kind="driver_credentials",
        title="User name and password in the address of a database driver",
        pattern=(
            r"(?i:jdbc:oracle:[a-z0-9]{2,8}:[^\s:/@\"']+/[^\s@\"']+@|(?:sqlplus[ \t]+(?:-\S+[ \t]+)*|conn(?:ect)?[ \t]+)[^\s:/@\"']+/[^\s@/\"']+@"
            rf"|{_OF_EXIM}[^\s:/@\"']+/[^\s/:\"';]+"
            rf"|{BEGIN}[^\s:/@\"'=,;]+:[^\s@\"']+@(?:tcp|tcp4|tcp6|unix|udp|cloudsql)\()"
        ),
        stage=Stage.URL,
        rare=True,
        any_case=True,
        keywords=(
            "jdbc:oracle:",
            "sqlplus",
            "conn ",
            "connect ",
            "@tcp",
            "@unix(",
            "@udp(",
            "@cloudsql(",
            "sql_servers",
        ),
        gate=r"(?i:jdbc:oracle:|sqlplus[ \t]|conn(?:ect)?[ \t]+[^\s/]+/[^\s/]+@|@(?:tcp[46]?|unix|udp|cloudsql)\(|sql_servers)",
        normalise=secret,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
