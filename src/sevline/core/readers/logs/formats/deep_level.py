"""A time, then numbers, names and brackets, and only behind them the level.

`2026-03-01T10:00:00.5Z 0 [Warning] [MY-1] [Server] text` (MySQL), `2026-03-01 10:00:00.5 UTC [12] app@db LOG:  text`
(PostgreSQL), `2026-03-01 10:00:00.5 12 INFO nova.compute [req] text` (OpenStack), `2026-03-01 10:00:00,5 [myid:1] -
INFO  [main:Peer@12] - text` (ZooKeeper), `[2026-03-01 10:00:00,5: INFO/MainProcess] text` (Celery),
`[2026-03-01 10:00:00.5][12][warning][config] [source/a.cc:12] text` (Envoy).
"""

import re
from datetime import datetime

from sevline.core.readers.logs.formats.iso import parse as iso_line
from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_TIME = re.compile(rb"\[?(" + ISO + rb")\]?")
_BEFORE = re.compile(rb"[ \t]{0,4}(?:\[[^\]\n]{1,60}\]|\d{1,10}\b|[\w.\-]{1,64}@[\w.\-]{1,64}|-(?= ))")
_CAPITALS = re.compile(rb"[ \t]{1,4}([A-Z]{3,9}[1-5]?)(?::|(?=[ \t]))[ \t]{0,8}(?:- )?")
_BRACKETED = re.compile(rb"[ \t]{0,4}\[ ?([A-Za-z]{3,9}) ?\][ \t]{0,8}(?:- )?")
_CELERY = re.compile(rb": ([A-Z]{4,8})/([\w\-]{1,80})\] ?")
_LOGGER = re.compile(rb"([A-Za-z_][\w\-]{0,80}(?:\.[\w\-]{1,80}){1,12}) (?=\[)")
_MOST = 4
"""Parts that may stand between the time and the level."""


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    """Refuses a line whose level the reader `iso` finds."""
    start = _TIME.match(line)
    if start is None or (stamp := iso(start[1])) is None:
        return None
    if (celery := _CELERY.match(line, start.end())) and (level := level_of(celery[1])):
        return Header(line[celery.end() :], stamp, level, celery[2].decode())
    told = _behind(line, start.end())
    if told is None or ((near := iso_line(line)) is not None and near.level is not None):
        return None
    level, at = told
    logger = _LOGGER.match(line, at)
    return Header(line[logger.end() :] if logger else line[at:], stamp, level, logger[1].decode() if logger else None)


def _behind(line: bytes, at: int) -> tuple[str, int] | None:
    """The first level behind one to four parts that are none, and where the message begins."""
    for _ in range(_MOST):
        before = _BEFORE.match(line, at)
        if before is None:
            return None
        at = before.end()
        if (told := _level(line, at)) is not None:
            return told
    return None


def _level(line: bytes, at: int) -> tuple[str, int] | None:
    for form in (_BRACKETED, _CAPITALS):
        word = form.match(line, at)
        if word is not None and (level := level_of(word[1])) is not None:
            return level, word.end()
    return None


FORMATS.add("deep_level", LogFormat("deep_level", "a time, other parts, then a level", reader, rank=22))
