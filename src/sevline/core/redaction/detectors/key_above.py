"""The value of a property list or of Hadoop's settings in the element on the line below its name."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import ends_secret, is_ordinary, looks_random, says_by_guess, says_secret
from sevline.core.redaction.told import groups, told_secret

_FORM = r"<(?:key|name)>(?P<name>[^<>\r\n]{2,80})</(?:key|name)>[ \t]*\r?\n[ \t]*<(?:string|value)>(?P<value>[^<>\r\n]{3,400})</(?:string|value)>"
_SPLIT = late(_FORM)
_FLAG = late(r"true|false|none|null|\$\{.*|[0-9]{1,3}|.*&lt;[A-Z].*&gt;.*", re.IGNORECASE)


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    if parts is None or _FLAG.fullmatch(parts["value"].strip()):
        return []
    name, value = parts["name"].strip(), parts["value"].strip()
    last = name.rpartition(" ")[2]
    if says_by_guess(last):
        at = groups(parts) if looks_random(value) else []
    else:
        at = groups(parts) if says_secret(last) or ends_secret(name) else []
    return [] if is_ordinary(last, value, loose=False) else at


told_secret(
    "key_above",
    "Value in the element below its name",
    re.sub(r"\{\d,(?:80|400)\}", "+", re.sub(r"\?P<\w+>", "?:", _FORM)),
    places,
    stage=Stage.BLOCK,
    keywords=("</key>\n", "</key>\r\n", "</name>\n", "</name>\r\n"),
    markup=True,
)
