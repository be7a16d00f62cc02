"""Cookies as data: an object of names and values under `cookies`, or a list of objects with `name` and `value`."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_QUOTE = r"\\{0,3}[\"']"
_MEMBER = late(rf"(?P<head>{_QUOTE}(?P<key>[^\"'\\\r\n]+){_QUOTE}\s*:\s*{_QUOTE})(?P<value>[^\"'\\\r\n]*)")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """In a list of objects the values of `value`, in an object those of all members."""
    start = min(at for mark in ":=" if (at := found.find(mark)) >= 0)
    is_list = found[start:].lstrip(":= \t").startswith("[")

    def one(match: re.Match[str]) -> str:
        value = match["value"]
        if not value or is_token(value) or (is_list and match["key"].lower() != "value"):
            return match.group()
        return match["head"] + pseudonyms.secret("COOKIE", value)

    return found[:start] + _MEMBER.sub(one, found[start:])


detector(
    Detector(
        kind="cookie_list",
        title="Cookies by name and value in JSON",
        pattern=(
            rf"(?i:{_QUOTE}cookies?{_QUOTE}[ \t]*:[ \t]*|cookies[ \t]?[:=][ \t]?)"
            r"(?:\[[ \t]*\{[^{}\r\n]*\}?(?:[ \t]*,[ \t]*\{[^{}\r\n]*\}?)*|\{[^{}\r\n]+\}?)"
        ),
        stage=Stage.HEADER,
        any_case=True,
        keywords=('cookies"', 'cookie"', "cookies'", "cookie'", "cookies\\", "cookie\\", "cookies: {", "cookies={"),
        render=pseudonym,
    )
)
