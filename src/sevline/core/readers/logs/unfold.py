"""Exports into lines: a JSON document or a CSV table becomes one JSON object a line, with the line where it began.

Whatever is not clearly an export passes as it stands.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sevline.core.amount import sentence_of
from sevline.core.readers.logs.jsonparts import BrokenJsonError, parts
from sevline.core.readers.logs.lines import LINE_LIMIT, LineFacts, as_utf8, lines_of

CSV_MARK = b'{"_csv":1'
"""How the object of a CSV row begins, so that its format can tell it from JSON."""

_HEAD = 64 * 1024
_TIMES = frozenset(
    {
        "zeit",
        "zeitstempel",
        "horodatage",
        "fecha",
        "time",
        "timestamp",
        "@timestamp",
        "_time",
        "date",
        "datetime",
        "ts",
        "eventtime",
        "datecreated",
    }
)
_TEXTS = frozenset(
    {
        "meldung",
        "nachricht",
        "mensaje",
        "message",
        "@message",
        "_raw",
        "content",
        "line",
        "log",
        "msg",
        "text",
        "body",
        "event",
        "title",
        "raw",
    }
)
_DELIMITERS = ",;\t|"


class NumberedLine(NamedTuple):
    line_no: int
    text: bytes


def unfolded(blocks: Iterable[bytes], facts: LineFacts, *, first_line: int = 1) -> Iterator[NumberedLine]:
    """Lines with their numbers; never raises on any bytes. What an export was is in `facts.folded`."""
    stream = as_utf8(blocks, facts, whole=first_line == 1)
    head = b""
    for block in stream:
        head += block
        if len(head) >= _HEAD:
            break
    whole = chain([head], stream)
    if _is_document(head):
        facts.folded = "json"
        return _documents(whole, facts, first_line)
    if delimiter := _table_delimiter(head):
        facts.folded = "csv"
        return _rows(lines_of(whole, facts), delimiter, facts, first_line)
    return (NumberedLine(number, line) for number, line in enumerate(lines_of(whole, facts), first_line))


def _is_document(head: bytes) -> bool:
    """JSON over several lines, or a line that wraps many events; not JSON lines, each of which is one event."""
    text = head.lstrip()
    sign, following = text[:1], text[1:].lstrip()[:1]
    if not (sign == b"{" and following in {b'"', b"}"}) and not (sign == b"[" and following in {b"{", b"]"}):
        return False
    line, cut, _ = text.partition(b"\n")
    found = _decoded(line) if cut or len(head) < _HEAD else None
    if found is None:
        # A string never goes over the end of a line: where one does, this is a line that was cut, not a document.
        return not cut or _strings_end(line)
    return isinstance(found, list) or is_wrapper(found)


def _strings_end(line: bytes) -> bool:
    return line.replace(b"\\\\", b"").replace(b'\\"', b"").count(b'"') % 2 == 0


def is_wrapper(found: object) -> bool:
    """An object of a tool's export that holds many events, such as `{"resourceLogs": […]}`."""
    if not isinstance(found, Mapping):
        return False
    inside = [found.get(key) for key in ("hits", "data")]
    views: list[Mapping[str, object]] = [found, *(view for view in inside if isinstance(view, Mapping))]
    keys = ("resourceLogs", "hits", "events", "logEvents", "data", "result", "results", "streams", "Records")
    return any(_holds_objects(view.get(key)) for view in views for key in keys)


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict | list)


def _decoded(text: bytes) -> object:
    import msgspec

    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def _documents(blocks: Iterable[bytes], facts: LineFacts, first_line: int) -> Iterator[NumberedLine]:
    given = 0
    number = first_line
    try:
        for part in parts(_counting(blocks, facts), first_line=first_line):
            for event in _events(part.data):
                given += 1
                number = part.line_no
                yield NumberedLine(number, event)
    except BrokenJsonError as fault:
        facts.notes.append(f"{fault}; {sentence_of(given, '1 event was', '{:,} events were')} read before it and kept.")
        if fault.rest:
            facts.notes.append("What follows was read line by line.")
            rest = lines_of(chain([fault.rest], blocks), facts)
            yield from (NumberedLine(at, line) for at, line in enumerate(rest, number + 1))


def _counting(blocks: Iterable[bytes], facts: LineFacts) -> Iterator[bytes]:
    last = b"\n"
    for block in blocks:
        facts.lines += block.count(b"\n")
        last = block[-1:] or last
        yield block
    facts.lines += last != b"\n"


def _events(data: bytes) -> Iterator[bytes]:
    """One part as the events that it holds: most are one, a Loki stream or an OTLP resource are many."""
    import msgspec

    found = _decoded(data)
    if isinstance(found, list):
        found = _named_cells(found)
    if not isinstance(found, dict):
        yield b" ".join(data.split(b"\n"))[:LINE_LIMIT]
        return
    several = _loki(found) or _otlp(found) or _nested_events(found)
    if several is None:
        yield data if b"\n" not in data else msgspec.json.encode(found)
        return
    for event in several:
        yield msgspec.json.encode(event)


def _named_cells(cells: Sequence[object]) -> dict[str, object]:
    """CloudWatch Insights writes a row as `[{"field": …, "value": …}, …]`."""
    return {
        str(cell["field"]): cell.get("value") for cell in cells if isinstance(cell, dict) and "field" in cell
    }  # fmt: skip


def _loki(found: Mapping[str, object]) -> list[dict[str, object]] | None:
    """In the form of `logcli`, which names labels, line and time of each."""
    labels, values = found.get("stream"), found.get("values")
    if not isinstance(labels, dict) or not isinstance(values, list):
        return None
    rows = (value for value in values if isinstance(value, list) and len(value) >= 2)
    return [{"labels": labels, "line": row[1], "timestamp": row[0]} for row in rows]


def _otlp(found: Mapping[str, object]) -> list[dict[str, object]] | None:
    scopes = found.get("scopeLogs", found.get("scope_logs"))
    if not isinstance(scopes, list):
        return None
    resource = found.get("resource")
    events: list[dict[str, object]] = []
    for scope in (one for one in scopes if isinstance(one, dict)):
        records = scope.get("logRecords", scope.get("log_records"))
        listed = records if isinstance(records, list) else ()
        events += [{"otlp": record, "resource": resource, "scope": scope.get("scope")} for record in listed]
    return events


def _nested_events(found: Mapping[str, object]) -> list[dict[str, object]] | None:
    events = found.get("events")
    if set(found) - {"events", "facet", "name"} or not isinstance(events, list):
        return None
    return [event for event in events if isinstance(event, dict)]


def _table_delimiter(head: bytes) -> str:
    """The sign between the columns where the first line names a time and a text; empty for anything else."""
    first = head.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "replace")
    if len(first) > 4000 or first[:1] in "{[":
        return ""
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"').lower() for name in first.split(delimiter)]
        if len(names) > 1 and _TIMES.intersection(names) and _TEXTS.intersection(names):
            return delimiter
    return ""


def _rows(source: Iterable[bytes], delimiter: str, facts: LineFacts, first_line: int) -> Iterator[NumberedLine]:
    import msgspec

    reader = csv.reader((line.decode("utf-8", "replace") + "\n" for line in source), delimiter=delimiter)
    names = [name.strip() for name in next(reader, [])]
    while True:
        before = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            facts.notes.append(f"A row of the table at line {before + 1} could not be read ({fault}).")
            continue
        if row:
            cells = {name: _cell(name, cell) for name, cell in zip(names, row, strict=False) if cell}
            yield NumberedLine(first_line + before, CSV_MARK + b"," + msgspec.json.encode(cells)[1:])


def _cell(name: str, cell: str) -> object:
    """Grafana writes the labels of a record as JSON into one cell."""
    found = _decoded(cell.encode("utf-8", "replace")) if name.lower() == "labels" and cell[:1] == "{" else None
    return found if isinstance(found, dict) else cell
