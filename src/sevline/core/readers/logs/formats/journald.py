"""`journalctl -o json`: upper-case field names, microseconds since the epoch, the syslog priority as level."""

from datetime import datetime

from sevline.core.readers.logs.formats.json_lines import load
from sevline.core.readers.logs.levels import any_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import anything

_SERVICE = ("SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_COMM")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    if b"__REALTIME_TIMESTAMP" not in line:
        return None
    found = load(line)
    if found is None or "__REALTIME_TIMESTAMP" not in found:
        return None
    service = next((name for key in _SERVICE if isinstance(name := found.get(key), str)), None)
    stamp = anything(found["__REALTIME_TIMESTAMP"])
    return Header(_message(found.get("MESSAGE")), stamp, any_level(found.get("PRIORITY")), service)


def _message(value: object) -> bytes:
    """journald writes a message that is not UTF-8 as a list of byte values."""
    if isinstance(value, list):
        return bytes(number & 255 for number in value if isinstance(number, int))
    return value.encode("utf-8", "replace") if isinstance(value, str) else b""


FORMATS.add(
    "journald", LogFormat("journald", "journald JSON", reader, rank=70, joins=False, seen="the journal of a Linux host")
)
