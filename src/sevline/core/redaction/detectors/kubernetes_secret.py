"""Values of a Kubernetes Secret in YAML."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_VALUE = late(r"^([ ]+[\w.-]+:[ ]+\"?)([^\s\"]+)", re.MULTILINE)
_DATA = late(r"^(?:data|stringData):[ ]*\r?\n((?:[ ]+[\w.-]+:[ ]+\S+[ ]*\r?\n?)+)", re.MULTILINE)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    def one(pair: re.Match[str]) -> str:
        return pair.group() if is_token(pair[2]) else pair[1] + pseudonyms.secret("SECRET", pair[2])

    return _DATA.sub(lambda block: block.group().replace(block[1], _VALUE.sub(one, block[1])), found)


_PAIRS = r"(?:data|stringData):[ ]*\r?\n(?:[ ]+[A-Za-z0-9_.-]+:[ ]+\S+[ ]*\r?\n?)+"

detector(
    Detector(
        kind="kubernetes_secret",
        title="Values of a Kubernetes Secret",
        pattern=(
            rf"kind:[ ]Secret[ ]*\r?\n(?:[^\n]+\n){{0,40}}?{_PAIRS}(?:(?:[^\n]+\n){{0,6}}?{_PAIRS})?"
            rf"|(?m:^){_PAIRS}(?:[^\n]+\n){{0,3}}?kind:[ ]Secret"
        ),
        stage=Stage.BLOCK,
        keywords=("kind: Secret",),
        render=pseudonym,
    )
)
