"""A setting's value on the line below its name, as Kubernetes and many tools write environments."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import SECRET_NAME, is_ordinary

_SAYS = r"(?:name|key|id|variable)"
_SPLIT = re.compile(r"(?P<head>.*\n\s*\"?value\"?\s*:\s*[\"']?)(?P<value>[^\n]*)$", re.IGNORECASE | re.DOTALL)


def value(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts["value"] if parts else found


def is_secret(found: str) -> bool:
    text = value(found)
    return len(text) > 3 and not is_token(text) and not is_ordinary("password", text, loose=False)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    text = value(found)
    return found[: len(found) - len(text)] + pseudonyms.secret("SECRET", text)


detector(
    Detector(
        kind="value_below",
        title="Value of a setting on the line below its name",
        pattern=(
            rf"(?i:\"?{_SAYS}\"?[ ]?:[ \t]*[\"']?{SECRET_NAME}[\"']?,?[ \t]*\r?\n[ \t]{{0,80}}\"?value\"?[ ]?:[ \t]*)"
            r"(?:\"(?:[^\"\\\r\n]|\\.)+|'[^'\r\n]+|[^\s\"'{$][^\s,}]*)"
        ),
        stage=Stage.BLOCK,
        keywords=(" value:", '"value":', 'Value":'),
        normalise=value,
        validate=is_secret,
        render=pseudonym,
        secrets=lambda found: (value(found),),
    )
)
