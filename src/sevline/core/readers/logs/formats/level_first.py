"""A level, then a time, as layouts of Django, Dropwizard, Cassandra and Jupyter write it.

`ERROR 2026-03-01 10:00:00,123 views 12 text`, `INFO  [main] 2026-03-01 10:00:00,123 Pool.java:12 - text`,
`ERROR [2026-03-01 10:00:00,123] org.example.Pool: text`, `[ERROR] 2026-03-01T10:00:00Z text`,
`[E 2026-03-01 10:00:00.123 ServerApp] text` and, the levels in a column, `   INFO 2026-03-01 10:00:00.123 text`.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_LINE = re.compile(
    rb"[ \t]{0,8}\[?([A-Za-z]{1,8}) {0,4}\]?[ \t|:-]{1,8}(?:\[[^\]\n]{1,80}\] )?\[?("
    + ISO
    + rb")(?: ([\w.\-]{1,80}))?\]?[ \t|:-]{1,8}"
)
_NAMED = re.compile(rb"([A-Za-z_$][\w$\-]{0,80}(?:\.[\w$\-]{1,80}){1,12}): ")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (level := level_of(found[1])) is None or (stamp := iso(found[2])) is None:
        return None
    begin, service = found.end(), None
    if found[3]:
        # A word behind the time is the logger where a bracket closes behind it; else it opens the message.
        in_brackets = line[found.end(3) : found.end(3) + 1] == b"]" and line.lstrip()[:1] == b"["
        service, begin = (found[3].decode(), begin) if in_brackets else (None, found.start(3))
    elif named := _NAMED.match(line, begin):
        service, begin = named[1].decode(), named.end()
    return Header(line[begin:], stamp, level, service)


FORMATS.add("level_first", LogFormat("level_first", "a level, then a time", reader, rank=30))
