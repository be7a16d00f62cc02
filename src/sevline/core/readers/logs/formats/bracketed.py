"""A level, then the message, without a time: `[WARNING] No files match`, `ERROR payment failed`, `warning: no cache`.

A level that is not in brackets stays in the message: it may be the name of what was raised, or a word of a sentence.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse

_LINE = re.compile(rb"\[([A-Za-z]{4,11})\][ \t]+(?=\S)")
_WORD = re.compile(
    rb"(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|ALERT|EMERGENCY|PANIC)"
    rb"(?:[ \t]*[:|-])?[ \t]+(?=\S)"
    rb"|(debug|info|notice|warn|warning|error|fatal|critical|Warning|Notice):[ \t]+(?=\S)"
)


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    if found := _LINE.match(line):
        level = level_of(found[1])
        return None if level is None else Header(line[found.end() :], None, level)
    word = _WORD.match(line)
    return None if word is None else Header(line, None, level_of(word[1] or word[2]))


FORMATS.add(
    "bracketed",
    LogFormat("bracketed", "lines that open with a level", reader, rank=20, joins=False, seen="a name server"),
)
