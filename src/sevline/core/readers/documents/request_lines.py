"""Requests in the log of an application, as the calls that they were."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from sevline.core.finding import Given
from sevline.core.readers.accesslog import looks_like_access_log
from sevline.core.readers.durations import DurationUnit
from sevline.core.readers.foreign import in_traffic
from sevline.core.readers.http import AccessLog
from sevline.core.readers.jsonrequests import JsonRequest, json_request, row_request
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.pairedlines import MARKS, paired_calls
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.requestlines import FEWEST, MOST, OF_REQUESTS, calls_of, read_request_lines
from sevline.core.readers.tables import Table, delimiter_of, table_from_json, table_from_text
from sevline.core.readers.taking import role_of
from sevline.core.readers.w3clog import is_w3c, w3c_calls

if TYPE_CHECKING:
    import polars as pl

HEAD, LONGEST_HEADING = 200, 4_000
#: Names in the heading of a table without which its rows are no requests.
HEADED = re.compile(r"(?i)(?:method|verb|url|uri)")
#: Roles of tables whose rows may hold a method, an address, a status and a time too.
OF_MORE = frozenset({"jobs", "deliveries", "billing", "sync_runs", "events"})


@reader("request-lines", Form.LINES)
def request_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Requests in the log of an application, with status and duration"""
    import polars as pl

    if looks_like_access_log(lines[:HEAD]):  # has a reader of its own
        return
    if is_w3c(lines[:HEAD]):
        calls = tuple(islice(w3c_calls(lines, source.artifact), MOST))
        yield from _all_of(AccessLog(source.artifact, calls), source) if calls else ()
        return
    if calls_told := _of_a_table(lines, source):
        yield from calls_told
        return
    rows = pl.Series("text", lines, dtype=pl.String)
    if (read := read_request_lines(_holding(rows, OF_REQUESTS), source.artifact)) is not None:
        yield from _all_of(read[0], source)
        yield from read[1]
    elif len(calls := tuple(paired_calls(_holding(rows, MARKS), source.artifact))) >= FEWEST:
        yield from _all_of(AccessLog(source.artifact, calls), source)


def _of_a_table(lines: Sequence[str], source: Source) -> list[Given]:
    """The requests in a table with a heading, as queries over the logs of balancers and clouds export them. Durations
    of a table that is taken for one of requests are read there."""
    if not lines or HEADED.search(lines[0][:LONGEST_HEADING]) is None:
        return []
    if not delimiter_of("\n".join(lines[:HEAD])[:8_192]) or not _requests_in(_table(lines[:HEAD], source)):
        return []
    table = _table(lines, source)
    role = role_of(table) if table is not None else ""
    calls = _requests_in(table) if role not in OF_MORE else []
    if len(calls) < FEWEST:
        return []
    log, units = calls_of(calls, source.artifact)
    return [one for one in (*_all_of(log, source), *units) if role != "requests" or not _of_times(one)]


def _table(lines: Sequence[str], source: Source) -> Table | None:
    return table_from_text("\n".join(lines), source.artifact, source.name)


def _requests_in(table: Table | None) -> list[tuple[str, JsonRequest]]:
    rows = table.rows[:MOST] if table is not None else ()
    return [(row.locator, found) for row in rows if (found := row_request(row.values)) is not None]


def _of_times(one: Given) -> bool:
    return isinstance(one, Latencies | DurationUnit)


def _holding(rows: "pl.Series", words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that hold one of the words, numbered from 1."""
    hits = rows.str.contains_any(list(words)).arg_true().head(MOST)
    return ((at + 1, text) for at, text in zip(hits.to_list(), rows.gather(hits).to_list(), strict=True))


@reader("request-objects", Form.JSON)
def request_objects(source: Source, document: Any) -> Iterator[Given]:
    """Requests as objects of one JSON list, as a cloud's log explorer exports them"""
    prefix, rows = _rows(document)
    calls = [
        (f"{prefix}/{place}", found)
        for place, row in enumerate(rows[:MOST])
        if isinstance(row, dict) and (found := json_request(row)) is not None
    ]
    if len(calls) >= FEWEST and not _is_of_more(document, source):
        log, units = calls_of(calls, source.artifact)
        yield from _all_of(log, source)
        yield from units


def _is_of_more(document: Any, source: Source) -> bool:
    """Whether the list is a table whose rows say more than a request does, such as deliveries of webhooks."""
    table = table_from_json(document, source.artifact, source.name)
    return table is not None and role_of(table) in OF_MORE


def _rows(document: Any) -> tuple[str, list[Any]]:
    if isinstance(document, list):
        return "", document
    held = (
        [(key, value) for key, value in document.items() if isinstance(value, list)]
        if isinstance(document, dict)
        else []
    )
    return (f"/{held[0][0]}", held[0][1]) if len(held) == 1 and "/" not in held[0][0] else ("", [])


def _all_of(log: AccessLog, source: Source) -> Iterator[Given]:
    yield log
    yield from in_traffic(log, source.name)
