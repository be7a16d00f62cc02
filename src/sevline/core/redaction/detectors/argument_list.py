"""Passwords in lists of arguments: glued to their option in JSON, and on the line below it in YAML."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import is_code, is_ordinary

_OPTION = r"--(?:[a-z0-9.-]*[.-])?(?:password|passwd|pass|token|secret|api-?key|secret-key|access-key)"
#: The same in one list, and the letter of its option, also behind those of others.
_LISTED = r"[\"']--(?:[A-Za-z0-9.]+[.-])*(?:password|passwd|passphrase|pass|token|secret|(?:api|secret|access|auth|private|master|signing|encryption)-?key)[\"'][ \t]*,[ \t]*[\"']"
_USER = r"\"(?:-[A-Za-z]{0,6}u|--user|--proxy-user)\"[ \t]*,[ \t]*\"[^\"\s:]+:"
_SPLIT = late(
    rf"(?P<head>.*\"-p|{_USER}|{_LISTED}|-[ \t]+[\"']?{_OPTION}[\"']?[ \t]*\r?\n[ \t]*-[ \t]+[\"']?)(?P<value>[^\"'\r\n]*)$",
    re.IGNORECASE | re.DOTALL,
)


def secret(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts["value"] if parts else found


def is_secret(found: str) -> bool:
    value = secret(found)
    ordinary = is_token(value) or is_code(value) or is_ordinary("password", value, loose=False)
    return len(value) > 3 and value[0] not in "-$<{" and not ordinary


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    value = secret(found)
    return found[: len(found) - len(value)] + pseudonyms.secret("SECRET", value)


def _entry(kind: str, title: str, pattern: str, stage: Stage, keywords: tuple[str, ...]) -> Detector:
    return detector(
        Detector(
            kind=kind,
            title=title,
            pattern=pattern,
            stage=stage,
            keywords=keywords,
            normalise=secret,
            validate=is_secret,
            render=pseudonym,
            secrets=lambda found: (secret(found),),
            in_clear=True,
        )
    )


_entry(
    "argument_glued",
    "Password glued to its option in a list of arguments",
    r"\"(?:[^\"\s]*/)?(?:mysql|mariadb)[a-z-]*\"(?:[ \t]*,[ \t]*\"[^\"\r\n]*\")*?[ \t]*,[ \t]*\"-p[^\"\s]{4,}",
    Stage.PAIR,
    ('"-p',),
)
_entry(
    "argument_pair",
    "User and password behind their option in a list of arguments",
    rf"{_USER}[^\"\r\n]{{4,}}",
    Stage.PAIR,
    (
        '"--user"',
        '"--proxy-user"',
        *(f'"-{others}u"' for others in ("", *"fskviL", "sS", "fs", "sf", "sk", "ks", "fsS", "sSf", "fsSL")),
    ),
)
_entry(
    "argument_listed",
    "Password behind its option in a list of arguments",
    rf"(?i:{_LISTED})[^\"'\r\n]{{4,}}",
    Stage.PAIR,
    ('"--', "'--"),
)
_entry(
    "argument_below",
    "Password on the line below its option in a list of arguments",
    rf"(?i:-[ \t]+[\"']?{_OPTION}[\"']?[ \t]*\r?\n[ \t]*-[ \t]+(?:\"[^\"\r\n]+|'[^'\r\n]+|[^\s\"']+))",
    Stage.BLOCK,
    ("- --", '- "--', "- '--"),
)
