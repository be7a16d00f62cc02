"""Values of fields in a form that is sent in parts (multipart/form-data): each stands some lines below its name."""

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.secret_names import SECRET_NAME, is_ordinary
from sevline.core.redaction.told import groups, told_secret

#: A line's end as it is, or as a string in JSON writes it.
_LINE = r"(?:\r?\n|\\r\\n|\\n)"
_HEAD = rf"form-data;[ \t]*name=(?:\\?\"{SECRET_NAME}\\?\"|{SECRET_NAME})[^\r\n\\]{{0,200}}{_LINE}(?:[A-Za-z-]{{3,40}}:[^\r\n\\]*{_LINE})*[ \t]*{_LINE}"
_SPLIT = re.compile(rf"(?P<head>{_HEAD})(?P<value>[^\r\n]+?)(?:\\r\\n.*|\\n.*)?$", re.IGNORECASE)
_NAME = re.compile(r"name=[\\\"]*([^\\\";\r\n]*)", re.IGNORECASE)


def places(found: str) -> list[tuple[int, int]]:
    at = groups(_SPLIT.match(found))
    name = _NAME.search(found)
    if not at or name is None:
        return []
    value = found[at[0][0] : at[0][1]]
    return [] if value.startswith("--") or is_ordinary(name[1], value, loose=False) else at


told_secret(
    "form_part",
    "Secret in a part of a form",
    rf"(?i:{_HEAD})[^\r\n]+",
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=("form-data;",),
)
