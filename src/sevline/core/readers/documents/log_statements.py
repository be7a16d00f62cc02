"""Records in which a log says why a sign-in was refused, grouped by what they say."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from sevline.core.finding import Given
from sevline.core.readers.logs.fields import Field, fields_of
from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.logs.record import LogRecord
from sevline.core.readers.logstatements import NOUNS, WRONG, LogStatements, Mismatch, Statement, Told, stated
from sevline.core.readers.place import EXCERPT
from sevline.core.readers.reader import Form, Source, reader

MAX_LINES, MAX_STATEMENTS, MAX_TENANTS, MAX_TEXT = 200_000, 20, 200, 2_000
LOUD = frozenset({"WARN", "ERROR", "FATAL"})
ERROR = LOUD - {"WARN"}
FAILS = re.compile(r"fail|error|reject|refus|denied", re.IGNORECASE)
#: What stands before the words of a line, and lines without it that are remembered.
#: A time of day, where the record's header names no year and its moment is not believed.
CLOCK = re.compile(r"\b\d\d:\d\d:\d\d\b")
TIME = re.compile(r"[\d:.,TZ+ \[\]/-]{0,60}")
REMEMBERED = 20_000
#: Records with a time, at least, for a text to be a log and not a conversation that quotes one.
LEAST_TIMED = 0.5


@reader("log-statements", Form.LINES)
def log_statements(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines of a log that say themselves what of a sign-in did not fit"""
    kept = [line[:MAX_TEXT] for line in lines[:MAX_LINES]]
    said = _said(kept)
    if not said:
        return
    data = "\n".join(lines[:MAX_LINES]).encode("utf-8", "surrogatepass")
    reading = read_log([data], reference=source.reference)
    groups: dict[tuple[Mismatch, str, str], _Group] = {}
    count = timed = 0
    for record in reading.records:
        count += 1
        if record.at is None and not CLOCK.search(kept[record.line_no - 1][:80] if record.line_no <= len(kept) else ""):
            continue
        timed += 1
        line = kept[record.line_no - 1] if record.line_no <= len(kept) else _message(record)
        if (told := _told(record, line, said.get(record.line_no))) is not None:
            groups.setdefault((told.mismatch, told.expected, told.got), _Group(told)).take(record, told, line)
    if groups and timed >= LEAST_TIMED * count:
        ranked = sorted(groups.values(), key=lambda group: (-group.count, group.first))
        yield LogStatements(source.artifact, tuple(group.closed() for group in ranked[:MAX_STATEMENTS]))


def _said(lines: list[str]) -> dict[int, Told]:
    """What lines state, by their numbers from 1; only those are looked at closely that hold the words for it."""
    import polars as pl

    rows = pl.Series("text", lines, dtype=pl.String)
    hits = rows.str.contains_any(list(WRONG), ascii_case_insensitive=True).arg_true()
    hits = hits.filter(rows.gather(hits).str.contains_any(list(NOUNS), ascii_case_insensitive=True))
    return {number + 1: told for number in hits.to_list() if (told := _stated(lines[number])) is not None}


def _stated(line: str) -> Told | None:
    """What the line states; behind their times many lines of a log are the same, and are looked at once."""
    time = TIME.match(line)
    place = time.end() if time else 0
    told = _once_stated(line[place:])
    return replace(told, start=told.start + place, end=told.end + place) if told and place else told


@lru_cache(maxsize=REMEMBERED)
def _once_stated(text: str) -> Told | None:
    return stated(text)


@lru_cache(maxsize=REMEMBERED)
def _tenant(text: str) -> str:
    return fields_of(text.encode("utf-8", "surrogatepass")).get(Field.TENANT, "")


def _told(record: LogRecord, line: str, told: Told | None) -> Told | None:
    """A quiet line counts only when it names two values that differ; at INFO it may say instead that something failed.
    A line without a level is not quiet.

    The line is read as it stands: of a line of JSON, the message alone would not hold the values.
    """
    if told is None and b"\n" in record.message:
        told = stated(_message(record))
    if told is None:
        return None
    loud = not record.level or record.level in LOUD or (record.level == "INFO" and FAILS.search(line))
    return told if loud or told.got else None


def _message(record: LogRecord) -> str:
    return record.message[:MAX_TEXT].decode("utf-8", "replace")


class _Group:
    """Records that say the same."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.count = 0
        self.loud = False
        self.first: tuple[float, int, str] = (float("inf"), 0, "")
        self.last: tuple[float, int, str] = (float("-inf"), 0, "")
        self.tenants: Counter[str] = Counter()

    def take(self, record: LogRecord, told: Told, line: str) -> None:
        self.count += 1
        self.loud = self.loud or record.level in ERROR
        moment = (record.at or 0.0, record.line_no, _place(record, told, line))
        self.first, self.last = min(self.first, moment), max(self.last, moment)
        tenant = _tenant(TIME.sub("", line, count=1))
        if tenant and (tenant in self.tenants or len(self.tenants) < MAX_TENANTS):
            self.tenants[tenant] += 1

    def closed(self) -> Statement:
        told = self.told
        return Statement(
            told.mismatch,
            told.words,
            told.expected,
            told.got,
            self.count,
            datetime.fromtimestamp(self.first[0], UTC) if self.first[0] else None,
            datetime.fromtimestamp(self.last[0], UTC) if self.last[0] else None,
            tuple(dict.fromkeys((self.first[2], self.last[2]))),
            tuple(name for name, _ in sorted(self.tenants.items(), key=lambda pair: (-pair[1], pair[0]))),
            self.loud,
        )


def _place(record: LogRecord, told: Told, line: str) -> str:
    """The line from its beginning, or from the statement on where an excerpt of the beginning would cut it."""
    cut = told.end > EXCERPT and line.startswith(told.words, told.start)
    return f"{record.line_no}:{told.start + 1 if cut else 1}"
