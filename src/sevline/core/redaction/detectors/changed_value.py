"""Secrets that change, as a plan of changes shows them: `password: "old" => "new"`. The old one is beside its name."""

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import SECRET_NAME, is_ordinary

_SPLIT = late(r"(?P<head>.*(?:->|=>)[ \t]*\")(?P<value>[^\"]*)$", re.DOTALL)


def secret(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts["value"] if parts else found


def is_secret(found: str) -> bool:
    value = secret(found)
    return len(value) > 3 and not is_token(value) and not is_ordinary("password", value, loose=False)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    value = secret(found)
    return found[: len(found) - len(value)] + pseudonyms.secret("SECRET", value)


detector(
    Detector(
        kind="changed_value",
        title="Secret that a plan of changes sets",
        pattern=(
            rf"(?i:{BEGIN}{SECRET_NAME}\"?[ \t]*[=:][ \t]*(?:\"[^\"\r\n]*\"|null)[ \t]*"
            r"(?:->|=>)[ \t]*\"[^\"\r\n]+)"
        ),
        stage=Stage.PAIR,
        keywords=('" -> "', '" => "', 'null -> "', 'null => "'),
        normalise=secret,
        validate=is_secret,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
