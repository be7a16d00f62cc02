"""An AWS secret access key that stands beside its id."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_PARTS = late(r"([A-Z0-9]{20})(.*?)([A-Za-z0-9/+]{40})$", re.DOTALL)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _PARTS.match(found)
    if parts is None:
        return found
    return pseudonyms.secret("AWS-ACCESS-KEY", parts[1]) + parts[2] + pseudonyms.secret("SECRET", parts[3])


detector(
    Detector(
        kind="aws_secret_key",
        title="Amazon Web Services secret key beside its id",
        pattern=(
            r"(?-u:\b)(?:AKIA|ASIA)[A-Z2-7]{16}(?-u:\b)"
            r"[\"',;:| \t/]{1,6}(?:[A-Za-z_]{0,24}[\"']?[=:]?[ \t]?[\"']?)?[A-Za-z0-9/+]{40}(?-u:\b)"
        ),
        stage=Stage.URL,
        keywords=("AKIA", "ASIA"),
        render=pseudonym,
    )
)
