"""Access logs of AWS load balancers (ALB): `https 2026-03-01T10:00:00.186641Z app/name/id client target … "GET … "`.

The level follows the status that the client was given; `-` where the balancer answered for no target.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.formats.access_log import request_message, status_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import iso

_LINE = re.compile(
    rb"(?:https?|h2|grpcs?|wss?) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z) (app/[^\s/]{1,64}/\w{1,40}) "
    rb"(\S{1,80}) (\S{1,80}) (-?[\d.]{1,16}) (-?[\d.]{1,16}) (-?[\d.]{1,16}) (\d{3}|-) (\d{3}|-) (\d+|-) (\d+|-) "
    rb'"((?:[^"\\]|\\.)*+)"'
)
_CLASSIC = re.compile(
    rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z) ([\w\-]{1,64}) (\S{1,80}:\d{1,5}) (\S{1,80}:\d{1,5}|-) "
    rb"(-?[\d.]{1,16}) (-?[\d.]{1,16}) (-?[\d.]{1,16}) (\d{3}|-) (\d{3}|-) (\d+) (\d+) "
    rb'"((?:[^"\\]|\\.)*+)"'
)
"""Of the balancer before it, which names no protocol."""

_ORIGIN = re.compile(rb"\b(?:https?|wss?|h2|grpcs?)://[^/\s]{1,300}")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line) or _CLASSIC.match(line)
    if found is None:
        return None
    status = found[8] if found[8] != b"-" else b"000"
    request = _ORIGIN.sub(b"", found[12], count=1)
    service = found[2].removeprefix(b"app/").partition(b"/")[0].decode("utf-8", "replace")
    return Header(request_message(request, status), iso(found[1]), status_level(status), service, shown=line)


FORMATS.add("alb", LogFormat("alb", "AWS load balancer (ALB, classic)", reader, rank=80))
