"""Redis and Valkey: `1234:M 01 Mar 2026 10:00:00.123 * text`; the sign is the level."""

import re
from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import dated

_LINE = re.compile(
    rb"\d{1,10}:([XCSM]) (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d\.\d{3}) ([.\-*#]) ?",
)
_LEVELS = {b".": "DEBUG", b"-": "INFO", b"*": "INFO", b"#": "WARN"}
_ROLES = {b"X": "sentinel", b"C": "child", b"S": "replica", b"M": "master"}


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None:
        return None
    role, day, month, year, clock, sign = found.groups()
    stamp = dated(year, month, day, clock)
    return Header(line[found.end() :], stamp, _LEVELS[sign], _ROLES[role]) if stamp else None


FORMATS.add("redis", LogFormat("redis", "Redis, Valkey", reader, rank=60))
