"""Times that open with the month by its name: `Wed Mar  1 10:00:00 2026 text`, `Mar 01 10:00:00.123 INFO text`.

Without a year it is inferred and marked. A host and a program behind it are syslog's.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import dated, yearless

_LINE = re.compile(
    rb"\[?(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) {1,2}(\d{1,2}),? "
    rb"(\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)(?: (\d{4}))?\]?(?=[ \t:|-])"
)
_LEVEL = re.compile(rb"[ \t:|-]{1,8}\[?([A-Za-z]{3,8})\]?:?(?:[ \t|-]{1,8}|$)")


def reader(reference: datetime | None) -> Parse:
    def parse(line: bytes) -> Header | None:
        found = _LINE.match(line)
        if found is None:
            return None
        month, day, clock, year = found.groups()
        stamp = dated(year, month, day, clock) if year else yearless(month, day, clock, reference)
        if stamp is None and (year is not None or reference is not None):
            return None
        word = _LEVEL.match(line, found.end())
        if word is not None and (level := level_of(word[1])) is not None:
            return Header(line[word.end() :], stamp, level)
        # Without year and level it may be anything, such as the first words of a letter.
        return Header(line[found.end() :].lstrip(b" \t:|-"), stamp) if year else None

    return parse


FORMATS.add("month_first", LogFormat("month_first", "lines that open with a month by name", reader, rank=28))
