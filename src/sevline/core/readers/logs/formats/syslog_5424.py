"""Syslog as RFC 5424 has it: `<34>1 2026-03-01T10:00:00.003Z host app 123 ID47 [data] text`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import syslog_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import iso

_LINE = re.compile(rb"<(\d{1,3})>[1-9]\d? (\S{1,40}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) ")
_DATA = re.compile(rb'\[[^ =\]"]{1,32}(?: [^ =\]"]{1,32}="(?:[^"\\\]]|\\.)*+")*+\]')
_MARK = b"\xef\xbb\xbf"


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (level := syslog_level(int(found[1]))) is None:
        return None
    stamp = iso(found[2])
    if stamp is None and found[2] != b"-":
        return None
    at = found.end()
    if line[at : at + 1] == b"-":
        at += 1
    while (data := _DATA.match(line, at)) is not None:
        at = data.end()
    service = None if found[4] == b"-" else found[4].decode("utf-8", "replace")
    return Header(line[at:].lstrip(b" ").removeprefix(_MARK), stamp, level, service)


FORMATS.add("syslog_5424", LogFormat("syslog_5424", "syslog (RFC 5424)", reader, rank=70))
