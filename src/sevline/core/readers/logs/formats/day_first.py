"""Times that open with the day, a month by name behind it, in brackets or not.

`25-Nov-2026 08:11:02.331 SEVERE [main] org.example.Pool.open text` as Tomcat writes it,
`[25-Nov-2026 08:11:02 UTC] PHP Warning:  text` as PHP does, `25/Nov/2026:08:11:02 +0100 ERROR text`.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import clf

_LINE = re.compile(
    rb"\[?(\d\d)[-/ ]([A-Z][a-z]{2})[-/ ](\d{4})[: ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)"
    rb"((?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)\]?[ \t]{1,8}(?:\[?([A-Za-z]{4,8})\]?(?:[ \t:|-]{1,8}|$))?"
)
_TOMCAT = re.compile(rb"\[[^\]\n]{0,120}\] ([\w.$<>]{1,200}) ")
_PHP = re.compile(rb"PHP (Warning|Notice|Deprecated|Fatal error|Parse error|Recoverable fatal error): {1,2}")
_PHP_LEVELS = {b"Warning": "WARN", b"Notice": "INFO", b"Deprecated": "WARN"}


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None:
        return None
    zone = found[5].replace(b"GMT", b"UTC")
    stamp = clf(b"/".join(found.group(1, 2, 3)) + b":" + found[4] + zone)
    if stamp is None:
        return None
    level = level_of(found[6])
    if level is None:
        return _without_level(line[found.start(6) if found[6] else found.end() :], Header(b"", stamp))
    rest = line[found.end() :]
    if named := _TOMCAT.match(rest):
        return Header(rest[named.end() :], stamp, level, named[1].decode())
    return Header(rest, stamp, level)


def _without_level(rest: bytes, header: Header) -> Header:
    told = _PHP.match(rest)
    if told is None:
        return header._replace(message=rest)
    return header._replace(message=rest[told.end() :], level=_PHP_LEVELS.get(told[1], "ERROR"))


FORMATS.add("day_first", LogFormat("day_first", "lines that open with day, month and year", reader, rank=30))
