"""Python's logging in its usual dress: `2026-03-01 10:00:00,123 - app.db - ERROR - text` and `ERROR:app.db:text`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_NAME = rb"([A-Za-z_][\w.\-]{0,200})"
_DASHED = re.compile(rb"(" + ISO + rb") - " + _NAME + rb" - ([A-Z]{4,8}) - ")
_BASIC = re.compile(rb"(DEBUG|INFO|WARNING|ERROR|CRITICAL):" + _NAME + rb":")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _DASHED.match(line)
    if found is not None and (stamp := iso(found[1])) is not None:
        return Header(line[found.end() :], stamp, level_of(found[3]), found[2].decode("utf-8", "replace"))
    found = _BASIC.match(line)
    if found is None:
        return None
    return Header(line[found.end() :], None, level_of(found[1]), found[2].decode("utf-8", "replace"))


FORMATS.add("python_logging", LogFormat("python_logging", "Python logging", reader, rank=45))
