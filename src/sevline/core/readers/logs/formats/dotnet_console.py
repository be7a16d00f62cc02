"""The console logger of .NET: `fail: Shop.Web[13]`, below it the message, each of its lines six blanks in.

A time may stand before the level; the single-line form has the message behind the brackets.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_FIRST = re.compile(
    rb"(?:\[?("
    + ISO
    + rb")\]?[ \t]{1,4})?(trce|dbug|info|warn|fail|crit): ([\w.+`$<>\-/]{1,300})\[-?\d{1,10}\](?:$| (?=\S))"
)
_BELOW = b"      "
_LEVELS = {
    b"trce": "TRACE",
    b"dbug": "DEBUG",
    b"info": "INFO",
    b"warn": "WARN",
    b"fail": "ERROR",
    b"crit": "FATAL",
}


def reader(reference: datetime | None) -> Parse:
    del reference
    open_ = False

    def parse(line: bytes) -> Header | None:
        """The first line below a header is its message; those below that go on with it."""
        nonlocal open_
        if open_ and line.startswith(_BELOW) and line.strip():
            open_ = False
            return Header(line.strip())
        found = _FIRST.match(line)
        open_ = found is not None and found.end() == len(line)
        if found is None:
            return None
        stamp = iso(found[1]) if found[1] else None
        return Header(line[found.end() :], stamp, _LEVELS[found[2]], found[3].decode("utf-8", "replace"), partial=open_)

    return parse


FORMATS.add("dotnet_console", LogFormat("dotnet_console", ".NET console logger", reader, rank=62))
