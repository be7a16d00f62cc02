"""Java's usual header: a time, then level, thread and logger in one of the orders of Log4j, Logback and Spring Boot.

`2026-03-01 10:00:00,123 [main] INFO  org.example.Pool - text`,
`2026-03-01T10:00:00.123Z  INFO 1 --- [main] o.e.Pool : text`,
`2026-03-01T10:00:00,123 INFO [main     ] Pool     : text`,
`2026-03-01 10:00:00.123 ERROR org.example.Pool: text`.
"""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_START = re.compile(rb"\[?(" + ISO + rb")\]? {1,8}")
_NAME = rb"([A-Za-z_$][\w.$/\-]{0,200})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rb"()([A-Z]{3,8}) {1,8}\d{1,10} --- (?:\[[^\]\n]{0,120}\] {0,8}){1,3}" + _NAME + rb" {0,60}: ?",
        rb"\[([^\]\n]{0,120})\] {1,8}\[?([A-Z]{3,8})\]? {1,8}" + _NAME + rb" {0,60}(?:\[[^\]\n]{0,120}\] )?(?:- |: )",
        rb"()\[?([A-Z]{3,8})\]? {0,8}\[[^\]\n]{0,120}\] {1,8}(?:\(([^)\n]{1,200})\)|" + _NAME + rb") {0,60}(?:[-:] )?",
        rb"()\[?([A-Z]{3,8})\]? {1,8}" + _NAME + rb" {0,60}(?:\[[^\]\n]{0,120}\] )?(?:- |: )",
    )
)


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    start = _START.match(line)
    if start is None or (stamp := iso(start[1])) is None:
        return None
    for form in _FORMS:
        found = form.match(line, start.end())
        if found is not None and (level := level_of(found[2])) is not None:
            logger = next(name for name in (*found.groups()[2:], b"") if name is not None)
            return Header(line[found.end() :], stamp, level, logger.decode("utf-8", "replace") or None)
    return None


FORMATS.add("java", LogFormat("java", "Java (Log4j, Logback, Spring Boot)", reader, rank=40))
