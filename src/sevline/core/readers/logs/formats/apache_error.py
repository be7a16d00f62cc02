"""Apache's error log: `[Wed Mar 04 10:00:00.123456 2026] [core:error] [pid 1:tid 2] [client 192.0.2.1:99] AH00128: …`.

Times name no zone. The module is the service.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import dated

_LINE = re.compile(
    rb"\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?) (\d{4})\] "
    rb"\[(?:([\w\-]{0,40}):)?([a-z]{4,6}\d?)\] (?:\[pid [^\]\n]{1,60}\] )?(?:\[(?:client|remote) [^\]\n]{1,80}\] )?"
)


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (stamp := dated(found[4], found[1], found[2], found[3])) is None:
        return None
    word = b"TRACE" if found[6].startswith(b"trace") else found[6]
    service = found[5].decode("utf-8", "replace") if found[5] else None
    return Header(line[found.end() :], stamp, level_of(word), service)


FORMATS.add("apache_error", LogFormat("apache_error", "Apache error log", reader, rank=70))
