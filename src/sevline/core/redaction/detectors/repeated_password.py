"""The second time a form sends a password, under a name that does not say so: `new_password=…&confirm=…`."""

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_SPLIT = late(
    r"pass(?:word|wd)?[0-9]?=[^\s]*?&(?:confirm(?:ation|ed)?|verify|repeat(?:ed)?|again|retype)=(?P<value>[^\s&\"'<>]+)$",
    re.IGNORECASE,
)


def places(found: str) -> list[tuple[int, int]]:
    at = groups(_SPLIT.match(found))
    return at if at and may_be_secret(found[at[0][0] : at[0][1]]) else []


told_secret(
    "repeated_password",
    "Password that a form repeats",
    r"(?i-u:pass(?:word|wd)?)[0-9]?=[^\s]*&(?i-u:confirm(?:ation|ed)?|verify|repeat(?:ed)?|again|retype)=[^\s&\"'<>]+",
    places,
    any_case=True,
    keywords=("&confirm", "&verify=", "&repeat", "&again=", "&retype="),
)
