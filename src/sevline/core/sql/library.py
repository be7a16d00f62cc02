"""The file of data sources: databases, their classified tables, and the reviewed queries with typed parameters."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import msgspec

from sevline.core.lifecycle import Refused
from sevline.core.sql.catalogue import Catalogue, Column, Dialect
from sevline.core.sql.catalogue import Table as Listed
from sevline.core.sql.guard import Admitted, Limits, NotAdmitted, admit
from sevline.core.tables import Row, Table, no_repeats

Kind = Literal["text", "integer", "decimal", "boolean", "date", "time"]
MOST_TEXT = 200


class ColumnRow(Row, frozen=True, kw_only=True):
    name: str
    type: str = "text"
    mask: str = ""


class TableRow(Row, frozen=True, kw_only=True):
    source: str
    name: str
    columns: tuple[ColumnRow, ...]


class SourceRow(Row, frozen=True, kw_only=True):
    """`url_file` names a file that holds the address with its password, so that this file may be shown."""

    key: str
    title: str
    url: str = ""
    url_file: str = ""
    dialect: Dialect
    schema: str = "diag"
    rows: int = 500
    seconds: float = 5.0


class ParameterRow(Row, frozen=True, kw_only=True):
    name: str
    type: Kind
    label: str


class QueryRow(Row, frozen=True, kw_only=True):
    """`window` names two parameters of type time, at most `window_days` apart; `hash` is what was reviewed."""

    id: str
    title: str
    source: str
    sql: str
    owner: str
    reviewed_by: str
    hash: str
    issue_types: tuple[str, ...] = ()
    parameters: tuple[ParameterRow, ...] = ()
    window: tuple[str, ...] = ()
    window_days: int = 7
    rows: int = 500


class Library(Table, frozen=True, kw_only=True):
    source: tuple[SourceRow, ...] = ()
    table: tuple[TableRow, ...] = ()
    query: tuple[QueryRow, ...] = ()

    def check_rows(self) -> None:
        no_repeats("source", (row.key for row in self.source))
        no_repeats("query", (row.id for row in self.query))
        known = {row.key for row in self.source}
        for named in (*(row.source for row in self.table), *(row.source for row in self.query)):
            if named not in known:
                raise ValueError(f"there is no source “{named}”")
        for source in self.source:
            _check_source(source)
            self.catalogue(source.key)
        for query in self.query:
            _check_query(query)

    def find(self, key: str) -> SourceRow:
        """Refused when there is no such source."""
        found = next((row for row in self.source if row.key == key), None)
        if found is None:
            raise Refused(f"There is no data source “{key[:40]}”.")
        return found

    def catalogue(self, key: str) -> Catalogue:
        source = self.find(key)
        listed = [
            Listed(row.name, tuple(Column(column.name, column.type, column.mask) for column in row.columns))
            for row in self.table
            if row.source == key
        ]
        return Catalogue.of(source.dialect, source.schema, *listed)

    def prebuilt(self, query_id: str) -> tuple[QueryRow, Admitted]:
        """The reviewed query as it will run; Refused when it, or a table that it reads, is not what was reviewed."""
        row = next((row for row in self.query if row.id == query_id), None)
        if row is None:
            raise Refused(f"There is no query “{query_id[:40]}”.")
        admitted = self._admitted(row)
        if admitted.hash != row.hash:
            raise Refused(
                f"The query “{row.title}” was changed after its review. Its reviewer has to look at it again."
            )
        return row, admitted

    def reviewable(self, query_id: str) -> str:
        """The hash to write down when this query has been reviewed."""
        return self._admitted(next(row for row in self.query if row.id == query_id)).hash

    def _admitted(self, row: QueryRow) -> Admitted:
        limits = Limits(rows=min(row.rows, self.find(row.source).rows))
        try:
            return admit(
                row.sql, self.catalogue(row.source), parameters=[part.name for part in row.parameters], limits=limits
            )
        except NotAdmitted as refusal:
            raise Refused(f"The query “{row.title}” cannot be run: {refusal.reasons[0]}") from None


def _check_source(source: SourceRow) -> None:
    if bool(source.url) == bool(source.url_file):
        raise ValueError(f"the source {source.key} needs either url or url_file")
    if not (0 < source.rows <= 1000 and 0 < source.seconds <= 30):
        raise ValueError(f"the source {source.key} may give at most 1,000 rows and take 30 s")


def _check_query(query: QueryRow) -> None:
    no_repeats("parameter", (part.name for part in query.parameters))
    if query.owner.strip().lower() == query.reviewed_by.strip().lower() or not query.reviewed_by.strip():
        raise ValueError(f"the query {query.id} must be reviewed by somebody other than its owner")
    times = {part.name for part in query.parameters if part.type == "time"}
    if query.window and not (len(query.window) == 2 and set(query.window) <= times):
        raise ValueError(f"the window of {query.id} names two parameters of type time")
    if not 0 < query.window_days <= 7:
        raise ValueError(f"the window of {query.id} is at most 7 days")


def values_of(parameters: Iterable[ParameterRow], typed: Mapping[str, str]) -> dict[str, Any]:
    """The typed texts as values of their types; Refused with a sentence for each that is not of its type."""
    found: dict[str, Any] = {}
    faults = []
    for row in parameters:
        try:
            found[row.name] = _value(row.type, str(typed.get(row.name, "")).strip())
        except (ValueError, KeyError, InvalidOperation, OverflowError):
            faults.append(f"{row.label}: give {_FORMS[row.type]}.")
    if faults:
        raise Refused(*faults)
    return found


_FORMS: Mapping[Kind, str] = {
    "text": f"a text of 1 to {MOST_TEXT} characters",
    "integer": "a whole number",
    "decimal": "a number such as 12.50",
    "boolean": "yes or no",
    "date": "a date such as 2026-03-02",
    "time": "a time in UTC such as 2026-03-02 09:30",
}


def _value(kind: Kind, text: str) -> Any:
    if not text or len(text) > MOST_TEXT or not text.isprintable():
        raise ValueError(text)
    if kind == "integer":
        number = int(text)
        if abs(number) >= 2**63:
            raise ValueError(text)
        return number
    if kind == "decimal":
        amount = Decimal(text)
        if not amount.is_finite() or abs(amount.adjusted()) > 30:
            raise ValueError(text)
        return amount
    if kind == "boolean":
        return _YES_OR_NO[text.lower()]
    if kind == "date":
        return date.fromisoformat(text)
    return _time(text) if kind == "time" else text


_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def check_window(query: QueryRow, values: Mapping[str, Any]) -> None:
    """Refused when the window is empty or longer than the query allows."""
    if not query.window:
        return
    first, last = (values[name] for name in query.window)
    if not first < last <= first + timedelta(days=query.window_days):
        raise Refused(f"The window must end after it begins and be at most {query.window_days} days long.")


def values_hash(values: Mapping[str, Any]) -> str:
    """What an approval binds beside the query: names, types and values."""
    told = [[name, type(value).__name__, str(value)] for name, value in sorted(values.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Declared(msgspec.Struct, frozen=True):
    """Parameters that somebody typed beside a query of their own."""

    parameters: tuple[ParameterRow, ...]
    typed: dict[str, str]


def declared(text: str) -> Declared:
    """Lines such as `tenant integer = 42`; Refused with the first line that is not of this form."""
    rows, typed = [], {}
    for line in filter(str.strip, text.splitlines()):
        head, sign, value = line.partition("=")
        words = head.split()
        if not sign or len(words) != 2 or words[1] not in _FORMS or not words[0].isidentifier() or words[0] in typed:
            raise Refused(
                "Write each parameter on a line of its own: name, type and value, such as tenant integer = 42."
            )
        rows.append(msgspec.convert({"name": words[0], "type": words[1], "label": words[0]}, ParameterRow))
        typed[words[0]] = value.strip()
    return Declared(tuple(rows), typed)


def share(prebuilt: int, patterns: Iterable[str]) -> tuple[int, list[tuple[str, int]]]:
    """The percentage of free-form runs, rounded half up, and the three commonest patterns among them with counts."""
    counts: dict[str, int] = {}
    for pattern in patterns:
        counts[pattern] = counts.get(pattern, 0) + 1
    free = sum(counts.values())
    percent = (200 * free + prebuilt + free) // (2 * (prebuilt + free)) if free else 0
    return percent, sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
