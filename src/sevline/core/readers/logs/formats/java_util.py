"""java.util.logging on two lines: `Mar 01, 2026 10:00:00 AM org.example.Pool open`, below it `SEVERE: text`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import dated

_FIRST = re.compile(
    rb"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)[ \xa0\xc2\xe2\x80\xaf]{1,3}([AP])M "
    rb"([\w.$<>]{1,200})(?: [\w.$<>]{1,120})?$"
)
_SECOND = re.compile(rb"(SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): ?")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    if second := _SECOND.match(line):
        return Header(line[second.end() :], None, level_of(second[1]))
    found = _FIRST.match(line)
    if found is None:
        return None
    month, day, year, hour, minute, second_, half, logger = found.groups()
    on_the_dial = int(hour) % 12 + (12 if half == b"P" else 0)
    stamp = dated(year, month, day, b"%02d:%b:%b" % (on_the_dial, minute, second_))
    return Header(b"", stamp, None, logger.decode(), partial=True) if stamp else None


FORMATS.add(
    "java_util", LogFormat("java_util", "java.util.logging on two lines, or a level and a colon", reader, rank=60)
)
