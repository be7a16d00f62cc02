"""Accounts as Unix keeps them: the login of a person, and what was written of the person beside it.

`evam:x:1003:1003:Eva Marsh,Room 4,020-5550123:/home/evam:/bin/sh`; of entries of LDIF in base64 what they say.
"""

# ruff: noqa: E501 - lists are read whole

import base64
import binascii

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name, is_login
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_LINE = late(
    r"(?P<login>[a-z_][a-z0-9._-]{1,31})(?P<ids>:[^:\s]*:(?P<uid>[0-9]+):[0-9]+:)(?P<about>[^:]*)(?P<rest>:.*)$"
)
_ENTRY = late(r"(?P<head>[A-Za-z]+:: )(?P<value>[A-Za-z0-9+/]+={0,2})$")
_PHONE = late(r"[+0-9(][0-9 ./()-]{5,}")
#: From here on systems give numbers to people.
FIRST_PERSON = 1000


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def is_person(found: str) -> bool:
    if entry := _ENTRY.match(found):
        return _decoded(entry["value"]).strip() != "" and not is_token(_decoded(entry["value"]))
    line = _LINE.match(found)
    return line is not None and FIRST_PERSON <= int(line["uid"]) < 65_000 and is_login(line["login"])


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    def person(name: str) -> str:
        return pseudonyms.token("PERSON", name.lower(), kind="term person")

    if entry := _ENTRY.match(found):
        return entry["head"] + person(_decoded(entry["value"]))
    line = _LINE.match(found)
    if line is None:
        return found
    about = [
        pseudonyms.token("PHONE", "".join(filter(str.isdigit, part)))
        if _PHONE.fullmatch(part)
        else person(part)
        if not number and is_full_name(part, fewest=1)
        else part
        for number, part in enumerate(line["about"].split(","))
    ]
    return person(line["login"]) + line["ids"] + ",".join(about) + line["rest"]


detector(
    Detector(
        kind="passwd_line",
        title="Account of a person as systems keep it",
        pattern=(
            r"^[a-z_][a-z0-9._-]{1,31}:[x*!]?:[0-9]{4,5}:[0-9]+:[^:\r\n]*:/[^:\r\n]*:[^:\r\n\s]*"
            r"|^(?i:cn|sn|gn|givenname|displayname|gecos|uid|mail|telephonenumber|homephone|mobile|street|postaladdress|name):: [A-Za-z0-9+/]{4,}={0,2}"
        ),
        stage=Stage.PAIR,
        keywords=(":x:", ":*:", ":!:", "cn:: ", "sn:: ", "Name:: ", "name:: ", "gecos:: ", "uid:: ", "mail:: ", "Number:: ", "Phone:: ", "mobile:: ", "street:: ", "Address:: "),
        gate=r"[a-z0-9_-]:[x*!]?:[0-9]{4,5}:[0-9]+:|^[A-Za-z]+:: ",
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)  # fmt: skip
