"""Parts of a multipart form and fields of a page's form: the name of the field says what its value is."""

import re

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = re.compile(
    r"(?P<head>.*?name=[\"'](?P<field>[^\"']+)[\"'].*?(?:\n\r?\n|value=[\"']))(?P<value>.*)$", re.DOTALL | re.IGNORECASE
)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _SPLIT.match(found)
    if parts is None:
        return found
    value = parts["value"].strip()
    token = column_token(parts["field"], value, pseudonyms)
    return found if token is None else parts["head"] + parts["value"].replace(value, token)


detector(
    Detector(
        kind="form_field",
        title="Value of a form's field whose name says so",
        pattern=(
            r"form-data;[ ]?name=\"[^\"\r\n]{1,60}\"[ \t]*\r?\n(?:[A-Za-z-]+:[^\r\n]*\r?\n)*\r?\n[^\r\n]{2,200}"
            r"|<(?i:input)[^<>]{0,200}[ ]name=[\"'][^\"'<>]{1,60}[\"'][^<>]{0,200}?[ ]value=[\"'][^\"'<>]{2,200}"
        ),
        stage=Stage.BLOCK,
        keywords=(
            "form-data; name=",
            "<input",
        ),
        render=pseudonym,
    )
)
