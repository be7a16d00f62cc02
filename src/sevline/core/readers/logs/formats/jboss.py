"""JBoss, WildFly and Keycloak: `2026-03-01 10:00:00,123 INFO  [org.example.Pool] (default task-1) text`.

Their console leaves the date out; such a record has no time.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_LINE = re.compile(
    rb"(?:(" + ISO + rb")|\d\d:\d\d:\d\d,\d{3}) {1,4}([A-Z]{4,5}) {1,4}\[([\w.$/\-]{1,200})\] \([^)\n]{0,120}\) ?"
)


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (level := level_of(found[2])) is None:
        return None
    stamp = iso(found[1]) if found[1] else None
    if found[1] and stamp is None:
        return None
    return Header(line[found.end() :], stamp, level, found[3].decode())


FORMATS.add("jboss", LogFormat("jboss", "JBoss, WildFly, Keycloak", reader, rank=45))
