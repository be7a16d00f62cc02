"""Android's logcat in its threadtime form: `03-01 10:00:00.123  1234  1250 E ActivityManager: text`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import yearless

_LINE = re.compile(
    rb"(\d\d)-(\d\d) (\d\d:\d\d:\d\d\.\d{3,6}) {1,6}\d{1,8} {1,6}\d{1,8} ([VDIWEFA]) ([^:\n]{1,120}?) *: "
)


def reader(reference: datetime | None) -> Parse:
    def parse(line: bytes) -> Header | None:
        found = _LINE.match(line)
        if found is None:
            return None
        stamp = yearless(found[1], found[2], found[3], reference)
        return Header(line[found.end() :], stamp, level_of(found[4]), found[5].strip().decode("utf-8", "replace"))

    return parse


FORMATS.add("logcat", LogFormat("logcat", "Android logcat", reader, rank=65))
