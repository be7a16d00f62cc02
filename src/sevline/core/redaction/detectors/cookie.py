"""Cookie and Set-Cookie headers: values go, names and attributes stay."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_QUOTES = r"[\"'\\]{0,4}"
#: Before a cookie's name: a header's colon, or the `value` of a pair whose `name` is the header, or a pair's comma.
_LINK = (
    rf"(?:{_QUOTES}[ \t]{{0,3}}(?:[:=]|%3A)[ \t]{{0,3}}{_QUOTES}"
    rf"|{_QUOTES}[ \t]{{0,3}},?[ \t]{{0,3}}{_QUOTES}value{_QUOTES}[ \t]{{0,3}}[:=][ \t]{{0,3}}{_QUOTES}"
    r"|[\"'\\]{1,4}[ \t]{0,3},[ \t]{0,3}[\"'\\]{1,4})"
)
_BELOW = rf"{_QUOTES},?[ \t]*\r?\n[ \t]{{0,80}}{_QUOTES}value{_QUOTES}[ \t]{{0,3}}:[ \t]{{0,3}}{_QUOTES}"
_HEADER = late(rf"(?:set-)?cookie2?(?:{_BELOW}|{_LINK})", re.IGNORECASE)
_ATTRIBUTES = frozenset(
    (
        "path",
        "domain",
        "expires",
        "max-age",
        "samesite",
        "secure",
        "httponly",
        "priority",
        "partitioned",
        "version",
        "port",
        "discard",
        "comment",
        "commenturl",
    )
)
#: What pages remember about how they are shown.
_OF_SIGHT = late(
    r"wp-settings(?:-time)?-[0-9]+|(?:.*[._-])?(?:theme|lang(?:uage)?|locale|culture|currency|country|region|timezone|tz|consent|mode|layout|sidebar|color[_-]?scheme|variant|density)",
    re.IGNORECASE,
)
_PLAIN = late(r"[A-Za-z]{1,10}(?:[_-][A-Za-z]{2,4})?|[A-Za-z]{3,20}(?:%3D|=)[A-Za-z]{2,10}|[0-9]{1,10}")
#: A counter of visits: the time of the first one and a number beside it.
_OF_VISITS = late(r"GA[0-9]\.[0-9]\.[0-9]{4,12}\.[0-9]{9,11}")
_PAIR = late(r"(?P<name>[^=;\s]+)=(?P<value>\\*\"[^\"]*\"|[^;\r\n]*)")


def masked_pairs(pairs: str, pseudonyms: Pseudonyms) -> str:
    """`name=value; …` with each value masked that is not an attribute of the cookie."""

    def one(match: re.Match[str]) -> str:
        value = match["value"]
        bare = value.strip(' \t"\\')
        if _OF_VISITS.fullmatch(bare) or (_OF_SIGHT.fullmatch(match["name"]) and _PLAIN.fullmatch(bare)):
            return match.group()
        if match["name"].lower() in _ATTRIBUTES or not bare or is_token(bare):
            return match.group()
        token = pseudonyms.secret("COOKIE", bare)
        return f"{match['name']}={value.replace(bare, token, 1)}"

    return _PAIR.sub(one, pairs)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    if "\t" in found and found.startswith(("TRUE", "FALSE")):
        before, tab, value = found.rpartition("\t")
        return found if is_token(value) else before + tab + pseudonyms.secret("COOKIE", value)
    header = _HEADER.match(found)
    start = header.end() if header else 0
    return found[:start] + masked_pairs(found[start:], pseudonyms)


_ONE = r"[^\s=;,\"'\\]+=(?:\\*\"[^\"\r\n\\]*\\*\"|[^;\r\n\"'\\]*)"
_PAIRS = rf"{_ONE}(?:;[ \t]*(?:{_ONE}|[A-Za-z-]+))*"

detector(
    Detector(
        kind="cookie",
        title="Cookie",
        pattern=(
            rf"(?i:(?:set-)?cookie2?{_LINK}){_PAIRS}"
            # A line of a file of cookies, as curl and browsers keep it.
            r"|(?:TRUE|FALSE)\t[^\t\r\n]*\t(?:TRUE|FALSE)\t[0-9]+\t[^\t\r\n]+\t[^\s]+"
        ),
        stage=Stage.HEADER,
        any_case=True,
        keywords=("cookie", "true\t", "false\t"),
        render=pseudonym,
    )
)
detector(
    Detector(
        kind="cookie_below",
        title="Cookie on the line below its header's name",
        pattern=rf"(?i:(?:set-)?cookie2?{_BELOW}){_PAIRS}",
        stage=Stage.BLOCK,
        any_case=True,
        keywords=('value"', "value'", "value:", "value\\"),
        render=pseudonym,
    )
)
