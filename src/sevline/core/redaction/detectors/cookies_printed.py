"""Cookies on a command line, and as a program prints its own: `--cookie 'sid=…'`, `cookies=[sid=…, lang=en]`."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_HEAD = r"(?i:--cookie[ \t=]{1,3}|cookies[ \t]{0,3}[:=][ \t]{0,3}|(?-i:-b)[ \t]{1,3})[\[{('\"]{1,2}"
_ONE = r"[^\s=;,\"'\\\[\]{}()]{1,80}=[^;,\r\n\"'\\\]})\s]*"
_PAIR = late(r"(?P<name>[^=;,\s\[{('\"]+)=(?P<value>[^;,]+)")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    start = re.match(_HEAD, found)
    at = start.end() if start else 0

    def one(match: re.Match[str]) -> str:
        value = match["value"]
        return match.group() if is_token(value) else f"{match['name']}={pseudonyms.secret('COOKIE', value)}"

    return found[:at] + _PAIR.sub(one, found[at:])


detector(
    Detector(
        kind="cookies_printed",
        title="Cookies on a command line or in brackets",
        pattern=rf"{_HEAD}{_ONE}(?:[;,][ \t]*{_ONE})*",
        stage=Stage.HEADER,
        any_case=True,
        keywords=("--cookie", "cookies=", "cookies:", "cookies =", "-b '", '-b "'),
        render=pseudonym,
    )
)
