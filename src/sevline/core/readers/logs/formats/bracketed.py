"""A level in brackets, then the message, without a time: `[WARNING] No files match`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse

_LINE = re.compile(rb"\[([A-Za-z]{4,11})\][ \t]+(?=\S)")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    level = level_of(found[1]) if found else None
    if found is None or level is None:
        return None
    return Header(line[found.end() :], None, level)


FORMATS.add(
    "bracketed",
    LogFormat(
        "bracketed", "lines that open with a level in brackets", reader, rank=20, joins=False, seen="a name server"
    ),
)
