"""Time zones as people write them after a time: offsets, names with one offset, and names that mean several.

A name counts only where the time zone database knows a single offset for it. One that means several is asked
back, never guessed: eleven hours lie between two of the meanings of CST.
"""

import re
from datetime import UTC, timedelta, timezone

_UTC_NAMES = frozenset({"Z", "UTC", "GMT", "WET"})

#: Names with one meaning, in minutes east of UTC.
NAMED = {
    "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "WAT": 60,
    "CAT": 120, "SAST": 120, "EAT": 180, "EST": -300, "EDT": -240, "MST": -420, "MDT": -360, "PDT": -420, "AKST":
    -540, "AKDT": -480, "HST": -600, "NDT": -150, "BRT": -180, "PKT": 300, "WIB": 420, "WITA": 480, "HKT": 480,
    "SGT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST":
    720, "NZDT": 780,
}  # fmt: skip

#: Names with several meanings, each with what it can mean.
AMBIGUOUS = {
    "IST": "India (UTC+05:30), Israel (UTC+02:00) or Ireland (UTC+01:00)",
    "CST": "North America (UTC-06:00), China (UTC+08:00) or Cuba (UTC-05:00)",
    "CDT": "North America (UTC-05:00) or Cuba (UTC-04:00)",
    "PST": "North America (UTC-08:00) or the Philippines (UTC+08:00)",
    "BST": "Britain (UTC+01:00) or Bangladesh (UTC+06:00)",
    "AST": "the Atlantic coast (UTC-04:00) or Arabia (UTC+03:00)",
    "GST": "the Gulf (UTC+04:00) or South Georgia (UTC-02:00)",
    "SST": "Samoa (UTC-11:00) or Singapore (UTC+08:00)",
    "NST": "Newfoundland (UTC-03:30) or Nepal (UTC+05:45)",
    "AMT": "Armenia (UTC+04:00) or the Amazon (UTC-04:00)",
    "ET": "EST (UTC-05:00) or EDT (UTC-04:00)",
    "CT": "winter (UTC-06:00) or summer (UTC-05:00)",
    "MT": "MST (UTC-07:00) or MDT (UTC-06:00)",
    "PT": "winter (UTC-08:00) or summer (UTC-07:00)",
}

_OFFSET = r"(?:\+(?:0\d|1[0-4])|-(?:0\d|1[0-2])):?(?:00|15|30|45)\b"
_SHORT_OFFSET = r"[+-](?:1[0-4]|0?\d)(?::?[0-5]\d)?\b"
_NAMES = "|".join(sorted((*NAMED, *AMBIGUOUS, *_UTC_NAMES), key=len, reverse=True))

#: What may follow a time of day: an offset, “UTC+2”, or a name in capitals.
WRITTEN = rf"(?:(?:UTC|GMT){_SHORT_OFFSET}|{_OFFSET}|(?:{_NAMES})\b)"
_WHOLE = re.compile(WRITTEN)
_PARTS = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")


def zone(written: str) -> timezone | None:
    """The offset that a zone's name or number says; None where it says none, or more than one."""
    text = written.strip().upper()
    if text in _UTC_NAMES:
        return UTC
    if text in NAMED:
        return timezone(timedelta(minutes=NAMED[text]))
    parts = _PARTS.fullmatch(text)
    if parts is None or not _WHOLE.fullmatch(text):
        return None
    offset = timedelta(hours=int(parts["hours"]), minutes=int(parts["minutes"] or 0))
    return timezone(-offset if parts["sign"] == "-" else offset)


def doubt(written: str) -> str:
    """What the ambiguous zone at the end of a written time can mean; empty where it ends on none."""
    last = written.rsplit(maxsplit=1)[-1] if written.split() else ""
    name = last.lstrip("0123456789:.,").upper()
    return AMBIGUOUS.get(name, "")


def split(written: str) -> tuple[str, str]:
    """A written time and the zone at its end, “2026-11-25 14:40” and “CET”; the zone is empty where none is named."""
    text = " ".join(written.split())
    for match in _WHOLE.finditer(text.upper()):
        at = match.start()
        # A date has signs of its own: an offset counts only after a clock.
        if match.end() == len(text) and ":" in text[:at]:
            return text[:at].strip(), text[at:]
    return text, ""
