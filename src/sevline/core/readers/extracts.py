"""Extracts for comparing two sides, and logs of synchronisation runs: which columns are key, tenant, change time."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import StringIO

from sevline.core.readers.columns import Assignment, Field, assign, is_moment, is_number, number, snake
from sevline.core.readers.columnwords import english
from sevline.core.readers.moments import any_moment
from sevline.core.readers.tables import Table, delimiter_of
from sevline.core.sync import Extract, Rows, RowTimes, SyncLog, SyncRun
from sevline.core.sync.pairing import SIDES

#: Rows that are looked at for a key.
SAMPLE = 2_000
#: A table of fewer is no side of a comparison.
LEAST_COLUMNS, LEAST_ROWS, LEAST_TIMES = 2, 3, 20
#: Columns that a log has, and no table of rows.
OF_LOGS = frozenset(["message", "msg", "level", "severity", "loglevel", "log_level", "logger"])
#: Names of times that frameworks give a row where it begins, not where it is loaded.
OWN_TIMES = frozenset({"inserted_at", "created_at"})
EXTRACT_FIELDS = (
    Field("key", "id uuid guid pk primary_key record_id row_id external_id key", required=True),
    Field("tenant", "tenant_id account_id org_id organization_id customer_id workspace_id tenant account customer"),
    Field("changed", "updated_at modified_at last_modified changed_at updated_on modified lastmodifieddate "
                     "update_time updated", is_moment),
    Field("loaded", "loaded_at synced_at ingested_at _loaded_at etl_loaded_at inserted_at replicated_at "
                    "fivetran_synced extracted_at sdc_received_at batched_at", is_moment),
    Field("deleted", "deleted_at is_deleted deleted _deleted tombstone"),
    Field("version", "schema_version app_version row_version_schema version"),
)  # fmt: skip
RUN_FIELDS = (
    Field("at", "started_at run_at timestamp time finished_at at", is_moment, True),
    Field(
        "cursor",
        "cursor watermark high_watermark bookmark checkpoint position offset since next_cursor page_token",
        None,
        True,
        4,
    ),
    Field("rows", "rows_read row_count records rows count rows_written", is_number, True, 2),
    Field("page", "page page_number batch"),
    Field("error", "error error_message failure"),
)


def side_of(name: str, role: str) -> str:
    """From the role that was named, else from words of the file's name; "" where neither tells."""
    if role in SIDES:
        return role
    words = set(re.split(r"[^a-z0-9]+", name.lower().rpartition("/")[2]))
    return next((side for side, known in SIDES.items() if words & set(known.split())), "")


def with_key(table: Table, taken: Assignment) -> Assignment:
    """Where no column bears the name of a key: the first one whose values tell the rows apart, with a question."""
    if "key" in taken.taken:
        return taken
    # A column whose values differ from row to row is nobody's tenant.
    held = [column for field, column in taken.taken.items() if field != "tenant"]
    free = [column for column in table.columns if column not in held]
    found = next((column for column in free if _tells_apart([row.values.get(column, "") for row in table.rows])), "")
    if not found:
        return taken
    others = {field: column for field, column in taken.taken.items() if column != found}
    asked = f"Which column holds the row's key? “{found}” was taken, since its values differ from row to row."
    lacking = tuple(key for key in taken.lacking if key != "key")
    return replace(taken, taken={"key": found, **others}, lacking=lacking, questions=(*taken.questions, asked))


def _tells_apart(values: Sequence[str]) -> bool:
    """Nine of ten values differ and none is empty or a time; doubled keys are a fault to be found, not a rule."""
    some = values[:SAMPLE]
    return all(some) and len(set(some)) * 10 >= len(some) * 9 and not is_moment(some[0])


def extract_from(table: Table, taken: Assignment, data: bytes, role: str) -> Extract | None:
    """`data` is the file; a table that is no delimited text is written as one."""
    if "key" not in taken.taken:
        return None
    data, delimiter = _delimited(table, data)
    return _extract(table.artifact, table.name, data, "csv", delimiter, table.columns, taken, role)


def rows_from(table: Table, data: bytes) -> Rows | None:
    """A table that may be one side of a comparison, though no name tells its key; None for what is no such table."""
    names = {english(snake(name)) for name in table.columns}
    if len(table.columns) < LEAST_COLUMNS or len(table.rows) < LEAST_ROWS or names & OF_LOGS:
        return None
    sample = {column: table.sample(column) for column in table.columns}
    data, delimiter = _delimited(table, data)
    return _rows(table.artifact, table.name, data, "csv", delimiter, table.columns, sample)


def rows_from_parquet(
    data: bytes, artifact: str, name: str, columns: tuple[str, ...], sample: Mapping[str, Sequence[str]]
) -> Rows | None:
    return _rows(artifact, name, data, "parquet", ",", columns, sample) if len(columns) >= LEAST_COLUMNS else None


def _rows(
    artifact: str,
    name: str,
    data: bytes,
    form: str,
    delimiter: str,
    columns: tuple[str, ...],
    sample: Mapping[str, Sequence[str]],
) -> Rows:
    taken = assign(columns, sample, EXTRACT_FIELDS[1:])
    return Rows(artifact, _told(artifact, name, data, form, delimiter, columns, (), taken, ""))


def _delimited(table: Table, data: bytes) -> tuple[bytes, str]:
    """The file as it is where polars reads the same names in it, else the table written as CSV, and the delimiter."""
    first = data[:65_536].decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    delimiter = delimiter_of(data[:8192].decode("utf-8", "replace"))
    if delimiter and next(csv.reader([first], delimiter=delimiter), []) == list(table.columns):
        return data, delimiter
    return _written(table), ","


def times_of(table: Table) -> RowTimes | None:
    """Change and load of each row, where the table has both times and most rows were loaded after they changed."""
    sample = {column: table.sample(column) for column in table.columns}
    taken = assign(table.columns, sample, EXTRACT_FIELDS[1:]).taken
    changed, loaded = taken.get("changed", ""), taken.get("loaded", "")
    if not changed or not loaded or english(snake(loaded)) in OWN_TIMES:
        return None
    found = [
        (row.locator, began.timestamp(), ended.timestamp())
        for row in table.rows
        if (began := any_moment(row.values.get(changed, ""))) and (ended := any_moment(row.values.get(loaded, "")))
    ]
    return row_times(table.artifact, table.name, changed, loaded, found)


def row_times(
    artifact: str, name: str, changed: str, loaded: str, times: Sequence[tuple[str, float, float]]
) -> RowTimes | None:
    later = sum(ended >= began for _, began, ended in times)
    if len(times) < LEAST_TIMES or later < 0.95 * len(times):
        return None
    return RowTimes(artifact, name, changed, loaded, tuple(times))


def extract_from_parquet(
    data: bytes, artifact: str, name: str, columns: tuple[str, ...], taken: Assignment, role: str
) -> Extract | None:
    return _extract(artifact, name, data, "parquet", ",", columns, taken, role)


def _extract(
    artifact: str,
    name: str,
    data: bytes,
    form: str,
    delimiter: str,
    columns: tuple[str, ...],
    taken: Assignment,
    role: str,
) -> Extract | None:
    if "key" not in taken.taken:
        return None
    return _told(artifact, name, data, form, delimiter, columns, (taken.taken["key"],), taken, role)


def _told(
    artifact: str,
    name: str,
    data: bytes,
    form: str,
    delimiter: str,
    columns: tuple[str, ...],
    key: tuple[str, ...],
    taken: Assignment,
    role: str,
) -> Extract:
    return Extract(
        artifact,
        name,
        data,
        form,
        delimiter,
        columns,
        key,
        tenant=taken.taken.get("tenant", ""),
        changed=taken.taken.get("changed", ""),
        loaded=taken.taken.get("loaded", ""),
        deleted=taken.taken.get("deleted", ""),
        version=taken.taken.get("version", ""),
        side=side_of(name, role),
    )


def _written(table: Table) -> bytes:
    out = StringIO()
    writer = csv.DictWriter(out, table.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(row.values) for row in table.rows)
    return out.getvalue().encode()


def read_runs(table: Table, taken: Assignment) -> SyncLog | None:
    runs = [
        SyncRun(
            row.locator,
            at.timestamp(),
            taken.get(row.values, "cursor"),
            number(taken.get(row.values, "rows")),
            taken.get(row.values, "page"),
            taken.get(row.values, "error"),
        )
        for row in table.rows
        if (at := any_moment(taken.get(row.values, "at"))) is not None
    ]
    return SyncLog(table.artifact, tuple(sorted(runs, key=lambda run: run.at))) if runs else None
