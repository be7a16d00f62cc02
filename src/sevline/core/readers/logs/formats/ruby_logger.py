"""Ruby's Logger: `E, [2026-03-01T10:00:00.123456 #41] ERROR -- worker: text`; Rails puts a request id before the
text."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_LINE = re.compile(rb"[DIWEFAU], \[(" + ISO + rb") {1,3}#\d{1,10}\] {1,3}([A-Z]{3,5}) -- ([^:\n]{0,120}): ?")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (stamp := iso(found[1])) is None:
        return None
    return Header(line[found.end() :], stamp, level_of(found[2]), found[3].decode("utf-8", "replace") or None)


FORMATS.add("ruby_logger", LogFormat("ruby_logger", "Ruby's Logger (Rails)", reader, rank=60))
