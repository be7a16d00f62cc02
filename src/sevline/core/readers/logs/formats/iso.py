"""A line that opens with an ISO time, then perhaps a level, a logger, a thread: the form most programs write."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_START = re.compile(rb"\[?(" + ISO + rb")\]?[ \t:|-]*")
_LEVEL = re.compile(rb"(?:\[[^\]\n]{1,60}\] ?)?\[?([A-Za-z]{1,11}[1-5]?)\]?(?:[ \t:|-]+|$)")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    start = _START.match(line)
    if start is None or (stamp := iso(start[1])) is None:
        return None
    word = _LEVEL.match(line, start.end())
    level = level_of(word[1]) if word else None
    if word is None or level is None:
        return Header(line[start.end() :], stamp)
    return Header(line[word.end() :], stamp, level)


FORMATS.add("iso", LogFormat("iso", "lines that open with a time", reader, rank=20))
