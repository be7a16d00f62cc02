"""Values of fields in a form that is sent in parts (multipart/form-data): each stands some lines below its name."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.secret_names import ENDING_NAME, is_ordinary, says_by_guess, says_secret
from sevline.core.redaction.told import groups, python_pattern, told_secret

#: A line's end as it is, or as a string in JSON writes it.
_LINE = r"(?:\r?\n|\\r\\n|\\n)"
_HEAD = rf"form-data;[ \t]*name=\\?\"?{ENDING_NAME}(?:[\\\";][^\r\n\\]*)?{_LINE}(?:[A-Za-z-]+:[^\r\n\\]*{_LINE})*[ \t]*{_LINE}"
_SPLIT = re.compile(python_pattern(rf"(?P<head>{_HEAD})(?P<value>[^\r\n]+?)(?:\\r\\n.*|\\n.*)?$"))
_NAME = re.compile(r"name=[\\\"]*([^\\\";\r\n]*)", re.IGNORECASE)


def says(name: str) -> bool:
    return says_secret(name) or says_by_guess(name)


def places(found: str) -> list[tuple[int, int]]:
    at = groups(_SPLIT.match(found))
    name = _NAME.search(found)
    if not at or name is None:
        return []
    value = found[at[0][0] : at[0][1]]
    return [] if not says(name[1]) or value.startswith("--") or is_ordinary(name[1], value, loose=False) else at


told_secret(
    "form_part",
    "Secret in a part of a form",
    rf"{_HEAD}[^\r\n]+",
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=("form-data;",),
)
