"""klog and glog: `E0301 10:00:00.123456    1234 controller.go:114] text`; the place in the source is the logger."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import iso, yearless

_LINE = re.compile(rb"([IWEF])(\d{4})?(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{1,9}) +(\d{1,12}) ([\w./\-]{1,200}:\d{1,7})\] ?")


def reader(reference: datetime | None) -> Parse:
    def parse(line: bytes) -> Header | None:
        found = _LINE.match(line)
        if found is None:
            return None
        year, month, day, clock = found[2], found[3], found[4], found[5]
        full = year + b"-" + month + b"-" + day + b" " + clock if year else b""
        stamp = iso(full) if full else yearless(month, day, clock, reference)
        return Header(line[found.end() :], stamp, level_of(found[1]), found[7].decode("utf-8", "replace"))

    return parse


FORMATS.add("klog", LogFormat("klog", "klog or glog", reader, rank=70))
