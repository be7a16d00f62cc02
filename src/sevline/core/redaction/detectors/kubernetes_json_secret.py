"""Values of a Kubernetes Secret in JSON."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_VALUE = late(r"(:\s*\\*\")([A-Za-z0-9+/_=.-]{4,})(\\*\")")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    def one(pair: re.Match[str]) -> str:
        return pair.group() if is_token(pair[2]) else pair[1] + pseudonyms.secret("SECRET", pair[2]) + pair[3]

    start = found.find("{")
    return found[:start] + _VALUE.sub(one, found[start:])


detector(
    Detector(
        kind="kubernetes_json_secret",
        title="Values of a Kubernetes Secret in JSON",
        pattern=r"\\*\"(?:data|stringData)\\*\"[ ]?:\s{0,20}\{[^{}]+\}",
        stage=Stage.BLOCK,
        keywords=('"kind": "Secret"', '"kind":"Secret"', '\\"kind\\":\\"Secret\\"', '\\"kind\\": \\"Secret\\"'),
        render=pseudonym,
    )
)
