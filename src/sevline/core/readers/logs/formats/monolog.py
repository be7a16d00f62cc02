"""Monolog, as Laravel and Symfony write it: `[2026-03-01T10:00:00.123456+00:00] app.ERROR: text {"id": 7} []`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_LINE = re.compile(rb"\[(" + ISO + rb")\] ([\w.\-]{1,80})\.([A-Z]{4,9}): ?")
_EMPTY = re.compile(rb"(?: (?:\[\]|\{\})){1,2}\s*$")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (stamp := iso(found[1])) is None or (level := level_of(found[3])) is None:
        return None
    message = line[found.end() :]
    if message.endswith((b"]", b"}")):
        message = _EMPTY.sub(b"", message)
    return Header(message, stamp, level, found[2].decode())


FORMATS.add("monolog", LogFormat("monolog", "Monolog (Laravel, Symfony)", reader, rank=45))
