"""HAProxy's HTTP and TCP log, with or without a syslog header before it; the level follows the status."""

import re
from datetime import datetime

from sevline.core.readers.logs.formats.access_log import request_message, status_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import clf

_LINE = re.compile(
    rb"(?:[^\n]{0,200}? haproxy\[\d{1,10}\]: )?[\w.:\-]{2,128}:\d{1,5} "
    rb"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] "
    rb"([^\s]{1,128}) ([^\s/]{1,128})/([^\s]{1,128}) ([\d/+\-]{1,80}) "
    rb"(?:([\d\-]{1,3}) )?([+\d]{1,20}) (\S{1,40} \S{1,40} )?(\S{2,4}) "
)
_FAILED = re.compile(
    rb"(?:[^\n]{0,200}? haproxy\[\d{1,10}\]: )?[\w.:\-]{2,128}:\d{1,5} "
    rb"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] ([^\s/:]{1,128})/([^\s:]{1,128}): (.{1,400})"
)
"""A connection that ended before it was one: the frontend, the socket, and why."""

_REQUEST = re.compile(rb'"([^"\n]*)"')


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None:
        return _failed(line)
    frontend, backend, server, status = found[2].rstrip(b"~"), found[3], found[4], found[6]
    request = _REQUEST.search(line, found.end())
    if status is None or request is None:
        return Header(b"connection to " + backend, clf(found[1]), None, frontend.decode("utf-8", "replace"), shown=line)
    level = "ERROR" if server == b"<NOSRV>" else status_level(status)
    message = backend + b" " + request_message(request[1], status)
    return Header(message, clf(found[1]), level, frontend.decode("utf-8", "replace"), shown=line)


def _failed(line: bytes) -> Header | None:
    found = _FAILED.match(line)
    if found is None:
        return None
    frontend = found[2].rstrip(b"~").decode("utf-8", "replace")
    return Header(found[4], clf(found[1]), None, frontend, shown=line)


FORMATS.add(
    "haproxy",
    LogFormat(
        "haproxy", "HAProxy", reader, rank=80, seen="HTTP logs of HAProxy behind syslog"
    ),
)  # fmt: skip
