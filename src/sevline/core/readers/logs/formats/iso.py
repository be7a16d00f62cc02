"""A line that opens with an ISO time, then perhaps a level, a logger, a thread: the form most programs write."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_START = re.compile(rb"\[?(" + ISO + rb")\]?[ \t:|-]*")
_WORD = rb"\[?([A-Za-z]{1,11}[1-5]?)\]?(?:[ \t:|-]+|$)"
_LEVELS = (re.compile(rb"\[[^\]\n]{1,60}\] ?" + _WORD), re.compile(_WORD))
"""Behind something in brackets, such as a thread; else at once, itself perhaps in brackets."""


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    start = _START.match(line)
    if start is None or (stamp := iso(start[1])) is None:
        return None
    for form in _LEVELS:
        word = form.match(line, start.end())
        if word is not None and (level := level_of(word[1])) is not None:
            return Header(line[word.end() :], stamp, level)
    return Header(line[start.end() :], stamp)


FORMATS.add("iso", LogFormat("iso", "lines that open with a time", reader, rank=20))
