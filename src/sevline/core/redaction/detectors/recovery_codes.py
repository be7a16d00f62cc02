"""Codes that sign somebody in who lost a device: a line of them, or some lines, under the words that say so."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from collections.abc import Iterator

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import told_secret

_SAYS = (
    r"(?:(?:recovery|backup|back-up|scratch|emergency|rescue|fallback|one[ -]time|single[ -]use)[ _-]?(?:(?:login|access|sign-in|2fa|mfa|account)[ _-])?codes?|(?:notfall|wiederherstellungs|ersatz|einmal|backup)-?codes?"
    r"|codes? de (?:secours|r(?:é|e)cup(?:é|e)ration)|c(?:ó|o)digos? de (?:recuperaci(?:ó|o)n|recupera(?:ç|c)(?:ã|a)o|respaldo|emergencia)|codici? di (?:recupero|backup)|herstelcodes?)"
)
_CODE = r"(?:[0-9]{4}[ ][0-9]{4}|[A-Za-z0-9]{4,12}(?:-[A-Za-z0-9]{3,12}){0,5})"
#: A line of nothing but codes, each with a bullet or a number before it or without.
_LINE = rf"[ \t>*•·-]*(?:[0-9]{{1,2}}[.):][ \t]+)?(?:☐[ ]?|\[[ x]\][ ])?{_CODE}(?:[ \t,;|/]+(?:[0-9]{{1,2}}[.):][ \t]+)?{_CODE})*[ \t,;]*"
_SPLIT = late(rf"(?P<head>.*?{_SAYS})(?P<line>[^\n]*)(?P<lines>.*)$", re.IGNORECASE | re.DOTALL)
_WORD = late(rf"(?<![\w./:@=+-]){_CODE}(?![\w@/+-]|[.:][\w/])")
#: What stands beside such words and has digits too.
_OTHER = late(r"(?:19|20)[0-9]{2}(?:-.*)?|[0-9]{1,5}|[a-z]+-?[0-9]{1,3}|[A-Z]{2,5}-[0-9]+|0x[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)  # fmt: skip


def _is_code(word: str) -> bool:
    bare = word.replace("-", "").replace(" ", "")
    return len(bare) >= 6 and any(map(str.isdigit, bare)) and _OTHER.fullmatch(word) is None


def _codes(found: str) -> Iterator[tuple[int, int]]:
    parts = _SPLIT.match(found)
    if parts is None:
        return
    beside = [word.span() for word in _WORD.finditer(found, *parts.span("line")) if _is_code(word[0])]
    below = [word.span() for word in _WORD.finditer(found, *parts.span("lines"))]
    yield from beside
    if any(_is_code(found[start:stop]) for start, stop in below):
        yield from below


def places(found: str) -> list[tuple[int, int]]:
    return list(_codes(found))


told_secret(
    "recovery_codes",
    "Codes for the case that a device is lost",
    rf"(?i:{_SAYS}[^\r\n]*(?:(?:\r?\n[ \t>]*)?(?:\r?\n{_LINE}(?m:\r?$))+)?)",
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=(
        "recovery",
        "backup",
        "back-up",
        "scratch code",
        "emergency",
        "rescue",
        "fallback",
        "notfall",
        "wiederherst",
        "ersatzcode",
        "einmal",
        "de secours",
        "rup",
        "one-time",
        "one time",
        "single-use",
        "single use",
        "respaldo",
        "emergencia",
        "recuper",
        "herstelcode",
    ),
)
