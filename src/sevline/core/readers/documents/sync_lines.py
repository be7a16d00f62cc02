"""Lines in which a synchronisation writes its cursor and how many rows it read, in an application's own log."""

import re
from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.columns import number
from sevline.core.readers.moments import any_moment
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.sync import SyncLog, SyncRun

#: Fewer than this are lines that speak of a cursor, not the log of a synchronisation.
FEWEST, MOST, LONGEST = 5, 50_000, 2_000
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?")
#: The name by itself: what is read next, the cursor before or the largest one are other values of the same line.
_CURSOR = re.compile(
    r"(?i)(?<![\w.])(?:cursor|watermark|bookmark|page_?token|continuation(?:_?token)?)[\"']?\s?[=:]\s?[\"']?"
    r"([^\s\"',;)}\]]{1,400})"
)
_ROWS = re.compile(
    r"(?i)(?<![\w.])(?:rows|records|items|fetched|count|rows_read|row_count|records_read)[\"']?\s?[=:]\s?[\"']?"
    r"(\d{1,12})\b"
)
_STREAM = re.compile(
    r"(?i)(?<![\w.])(?:stream|table|object|entity|resource|tenant|account|connection|source|job)(?:_?(?:id|name))?"
    r"[\"']?\s?[=:]\s?[\"']?([^\s\"',;)}\]]{1,120})"
)


@reader("sync-lines", Form.LINES)
def sync_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which a synchronisation tells its cursor and its rows, each stream by itself"""
    streams: dict[tuple[str, ...], list[SyncRun]] = {}
    for place, line in enumerate(lines[:MOST], 1):
        if "=" not in line and ":" not in line:
            continue
        text = line[:LONGEST]
        cursor, rows, time = _CURSOR.search(text), _ROWS.search(text), _TIME.search(text)
        at = any_moment(time[0]) if cursor and rows and time else None
        if cursor and rows and at:
            run = SyncRun(f"{place}:1", at.timestamp(), cursor[1], number(rows[1]))
            streams.setdefault(tuple(_STREAM.findall(text)), []).append(run)
    for runs in streams.values():
        if len(runs) >= FEWEST:
            yield SyncLog(source.artifact, tuple(runs))
