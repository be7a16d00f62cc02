"""Syslog as BSD wrote it (RFC 3164): `<34>Mar  1 10:00:00 host program[123]: text`, the priority often missing.

Neither year nor zone is in it: the year is inferred, the zone is unknown. An ISO time in its place is read too, unless
a level stands where the host would: `2026-03-01T10:00:00Z ERROR pool: empty` is no syslog.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of, spoken_level, syslog_level
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso, yearless
from sevline.core.readers.logs.traces import may_go_on

SHORTEST_LEVEL = 3
"""Letters of a word from which on it is a level rather than a host."""

_LINE = re.compile(
    rb"(?:<(\d{1,3})>)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)|(" + ISO + rb")) "
    rb"([\w.:\-]{1,255}) ([\w./\-@()]{1,128})(?:\[([^\]\s]{1,32})\])?: ?"
)


_TAB = b"#011"
_TABS = re.compile(rb"\A(?:#011)+")
"""As rsyslog writes the tabs that a line of a trace begins with."""


def reader(reference: datetime | None) -> Parse:
    def parse(line: bytes) -> Header | None:
        found = _LINE.match(line)
        if found is None:
            return None
        priority, month, day, clock, full, host, program, _pid = found.groups()
        if full and len(host) >= SHORTEST_LEVEL and level_of(host) is not None:
            return None
        stamp = iso(full) if full else yearless(month, day, clock, reference)
        message = _TABS.sub(lambda tabs: b"\t" * (len(tabs[0]) // len(_TAB)), line[found.end() :])
        level = spoken_level(message) or (syslog_level(int(priority)) if priority else None)
        return Header(message, stamp, level, program.decode("utf-8", "replace"), bare=may_go_on(message))

    return parse


FORMATS.add("syslog_3164", LogFormat("syslog_3164", "syslog (RFC 3164)", reader, rank=60))
