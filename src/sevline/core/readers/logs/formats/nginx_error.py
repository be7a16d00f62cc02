"""nginx' error log: `2026/03/01 10:00:00 [error] 31#31: *7 connect() failed (111: …), client: …, server: …`.

Times name no zone. What follows the message, `client:` and so on, are fields of the request and vary.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import iso

_LINE = re.compile(rb"(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[([a-z]{4,6})\] \d{1,10}#\d{1,10}: (?:\*\d{1,20} )?")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None:
        return None
    return Header(line[found.end() :], iso(found[1]), level_of(found[2]))


FORMATS.add("nginx_error", LogFormat("nginx_error", "nginx error log", reader, rank=70))
