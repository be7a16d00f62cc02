"""W3C extended log files, as IIS writes them: a `#Fields:` line names the columns; times are in UTC."""

from datetime import datetime

from sevline.core.readers.logs.formats.access_log import request_message, status_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import Stamp, iso

_DIRECTIVES = (b"#Version:", b"#Fields:", b"#Software:", b"#Start-Date:", b"#End-Date:", b"#Date:", b"#Remark:")


def reader(reference: datetime | None) -> Parse:
    """The parser remembers the last `#Fields:` line and the date of the last `#Date:` line."""
    del reference
    fields: list[bytes] = []
    day = b""

    def parse(line: bytes) -> Header | None:
        nonlocal fields, day
        if line.startswith(_DIRECTIVES):
            if line.startswith(b"#Fields:"):
                fields = line[8:].split()
            if line.startswith(b"#Date:"):
                day = line[6:].split()[0] if line[6:].split() else b""
            return Header(line, about_file=True)
        values = line.split()
        if not fields or not fields[0] or len(values) < len(fields):
            return None
        header = _header(dict(zip(fields, values, strict=False)), day)
        return header._replace(shown=line) if header else None

    return parse


def _header(row: dict[bytes, bytes], day: bytes) -> Header | None:
    stamp = iso(row.get(b"date", day) + b" " + row.get(b"time", b""))
    if b"time" in row and stamp is None:
        return None
    stamp = Stamp(stamp.at, True) if stamp else None
    status = row.get(b"sc-status", b"")
    request = row.get(b"cs-method", b"-") + b" " + row.get(b"cs-uri-stem", b"-")
    if not status:
        return Header(b" ".join(row.values()), stamp)
    return Header(request_message(request, status), stamp, status_level(status))


FORMATS.add("w3c", LogFormat("w3c", "W3C extended log", reader, rank=70, seen="IIS logs"))
