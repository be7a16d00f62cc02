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

_LEVEL = rb"(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CONFIG|FINE|FINER|FINEST|NOTICE|CRITICAL)"
_NAME = rb"([A-Za-z_$][\w.$/\-]{0,200})"
_ENDS = rb" {0,60}(?:\[[^\]\n]{0,120}\] )?(?:- |: )"
_DOTTED = rb"([A-Za-z_$][\w$\-]{0,80}(?:\.[\w$\-]{1,80}){1,12})"
_THREADED = rb"\[?" + _LEVEL + rb"\]? {0,8}\[[^\]\n]{0,120}\] {1,8}"
_FORMS = (
    _LEVEL + rb" {1,8}\d{1,10} --- (?:\[[^\]\n]{0,120}\] {0,8}){1,3}" + _NAME + rb" {0,60}: ?",
    rb"\[[^\]\n]{0,120}\] {1,8}\[?" + _LEVEL + rb"\]? {1,8}" + _NAME + _ENDS,
    # Behind level and thread a word alone is no logger: it is set off, in brackets, or has dots.
    _THREADED + rb"\(" + _NAME + rb"\) {0,60}(?:[-:] )?",
    _THREADED + _NAME + rb" {0,60}[-:] ",
    _THREADED + _DOTTED + rb" {1,60}",
    rb"\[?" + _LEVEL + rb"\]? {1,8}" + _NAME + _ENDS,
)
_LINE = re.compile(rb"\[?(" + ISO + rb")\]? {1,8}(?:" + rb"|".join(_FORMS) + rb")")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (last := found.lastindex) is None:
        return None
    written, level, logger = found.group(1, last - 1, last)
    stamp = iso(written)
    return Header(line[found.end() :], stamp, level_of(level), logger.decode()) if stamp is not None else None


FORMATS.add(
    "java",
    LogFormat(
        "java", "Java (Log4j, Logback, Spring Boot)", reader, rank=40, seen="logs of Java services in two layouts"
    ),
)
