"""uWSGI's request log: `[pid: 1|app: 0|req: 1/1] 192.0.2.1 () {38 vars …} [Sun Mar  1 10:00:00 2026] POST /x => …`."""

import re
from datetime import datetime

from sevline.core.readers.logs.formats.access_log import request_message, status_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import dated

_LINE = re.compile(
    rb"\[pid: \d{1,10}\|app: [^|\]\n]{1,40}\|req: [^\]\n]{1,40}\] [^{\n]{0,200}\{[^}\n]{1,80}\} "
    rb"\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})\] ([^\n]{1,8000}?) => [^\n]{1,200}?"
    rb"\(HTTP/[\d.]{1,4} (\d{3})\)"
)


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None:
        return None
    stamp = dated(found[4], found[1], found[2], found[3])
    return Header(request_message(found[5], found[6]), stamp, status_level(found[6]), shown=line)


FORMATS.add(
    "uwsgi", LogFormat("uwsgi", "uWSGI request log", reader, rank=80, seen="a request log of a metrics service")
)
