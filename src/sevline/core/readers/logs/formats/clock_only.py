"""A clock without a date, then level, thread and logger: what console layouts write.

`[10:00:00 ERR] text` (Serilog), `10:00:00.123 [main] ERROR org.example.Pool - text` (Logback),
`10:00:00.123 [error] text` (Elixir), `10:00:00 [WARNING ][app.db   :52  ] text` (Deluge). The day is not told, so the
record has no time.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse

_CLOCK = rb"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_INSIDE = re.compile(rb"\[" + _CLOCK + rb" ([A-Za-z]{3,11})\] ?")
_BEFORE = re.compile(
    rb"\[?"
    + _CLOCK
    + rb"\]?[ \t]{1,4}(?:\[[^\]\n]{1,120}\][ \t]{1,4}(?=[A-Z]{4,5}\b))?\[?([A-Za-z]{3,11})(?: {0,8}\])?:?"
    rb"(?:[ \t|-]{1,8}|(?=\[)|$)"
)
_LOGGER = re.compile(rb"([A-Za-z_$][\w.$/\-]{0,200}) {0,40}- ")

_IN_BRACKETS = re.compile(rb"\[([A-Za-z_$][\w.$/\-]{0,200}) {0,40}(?::\d{1,7} {0,8})?\][ \t]{0,8}")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    if inside := _INSIDE.match(line):
        level = level_of(inside[1])
        return Header(line[inside.end() :], None, level) if level else None
    before = _BEFORE.match(line)
    level = level_of(before[1]) if before else None
    if before is None or level is None:
        return None
    named = _LOGGER.match(line, before.end())
    if named is None and line[before.end() - 1 : before.end()] == b"]":
        named = _IN_BRACKETS.match(line, before.end())
    if named is not None:
        return Header(line[named.end() :], None, level, named[1].decode())
    return Header(line[before.end() :], None, level)


FORMATS.add("clock_only", LogFormat("clock_only", "lines that open with a clock without a date", reader, rank=18))
