"""Times written without dashes, with dots, or as seconds since 1970, then perhaps a level.

`20260301T100000.123Z ERROR text`, `20260301 10:00:00.123 E text`, `1772359200.123 ERROR text`, and ClickHouse's
`2026.03.01 10:00:00.123456 [ 12 ] {query} <Error> executor: text`.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import Stamp, iso, number

_DATED = re.compile(
    rb"\[?(\d{4})(\.?)(\d\d)\2(\d\d)[T _-](\d\d):?(\d\d):?(\d\d)([.,]\d{1,9})?"
    rb"((?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)\]?(?=[ \t|:-])"
)
_EPOCH = re.compile(rb"\[?(1\d{9}|1\d{12})(?:\.(\d{1,9}))?\]?(?=[ \t|])")
_LEVEL = re.compile(rb"[ \t:|-]{1,8}\[?([A-Za-z]{1,8})\]?(?:[ \t:|-]{1,8}|$)")
_CLICKHOUSE = re.compile(rb" \[ ?\d{1,10} ?\] \{[^}\n]{0,80}\} <([A-Z][a-z]{3,11})> (?:([\w.:()/\-]{1,120}): )?")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    told = _stamped(line)
    if told is None:
        return None
    stamp, end = told
    if (house := _CLICKHOUSE.match(line, end)) and (level := level_of(house[1])):
        return Header(line[house.end() :], stamp, level, house[2].decode() if house[2] else None)
    word = _LEVEL.match(line, end)
    if word is not None and (level := level_of(word[1])) is not None:
        return Header(line[word.end() :], stamp, level)
    return Header(line[end:].lstrip(b" \t:|-"), stamp)


def _stamped(line: bytes) -> tuple[Stamp, int] | None:
    if found := _DATED.match(line):
        year, _, month, day, hour, minute, second = found.group(1, 2, 3, 4, 5, 6, 7)
        clock = b":".join((hour, minute, second))
        stamp = iso(b"%b-%b-%b %b%b%b" % (year, month, day, clock, found[8] or b"", found[9]))
        return (stamp, found.end()) if stamp else None
    if found := _EPOCH.match(line):
        stamp = number(float(found[1] + b"." + (found[2] or b"0")))
        return (stamp, found.end()) if stamp else None
    return None


FORMATS.add("compact_time", LogFormat("compact_time", "lines that open with a time in digits", reader, rank=15))
