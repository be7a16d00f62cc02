"""Extracts for comparing two sides, and logs of synchronisation runs: which columns are key, tenant, change time."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sevline.core.readers.columns import Assignment, Field, is_moment, is_number, number
from sevline.core.readers.moments import any_moment
from sevline.core.readers.tables import Table, delimiter_of
from sevline.core.sync import Extract, SyncLog, SyncRun
from sevline.core.sync.align import aligned, said

#: Rows that are looked at for a key.
SAMPLE = 2_000
EXTRACT_FIELDS = (
    Field("key", "id uuid guid pk primary_key record_id row_id external_id key", required=True),
    Field("tenant", "tenant_id account_id org_id organization_id customer_id workspace_id tenant account customer"),
    Field("changed", "updated_at modified_at last_modified changed_at updated_on modified lastmodifieddate "
                     "update_time updated", is_moment),
    Field("loaded", "loaded_at synced_at ingested_at _loaded_at etl_loaded_at inserted_at replicated_at "
                    "_fivetran_synced", is_moment),
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
SIDES = {
    "source": ("source", "src", "upstream", "origin", "primary", "app", "left", "before", "expected"),
    "target": (
        "target",
        "dst",
        "dest",
        "destination",
        "tgt",
        "downstream",
        "warehouse",
        "replica",
        "dwh",
        "right",
        "after",
        "copy",
        "sink",
        "mirror",
    ),
}


def side_of(name: str, role: str) -> str:
    """From the role that was named, else from words of the file's name; "" where neither tells."""
    if role in SIDES:
        return role
    words = set(re.split(r"[^a-z0-9]+", name.lower().rpartition("/")[2]))
    return next((side for side, known in SIDES.items() if words & set(known)), "")


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
    delimiter = delimiter_of(data[:8192].decode("utf-8", "replace"))
    if not delimiter:
        data, delimiter = _written(table), ","
    return _extract(table.artifact, table.name, data, "csv", delimiter, table.columns, taken, role)


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
    return Extract(
        artifact,
        name,
        data,
        form,
        delimiter,
        columns,
        (taken.taken["key"],),
        tenant=taken.taken.get("tenant", ""),
        changed=taken.taken.get("changed", ""),
        loaded=taken.taken.get("loaded", ""),
        deleted=taken.taken.get("deleted", ""),
        version=taken.taken.get("version", ""),
        side=side_of(name, role),
    )


def _written(table: Table) -> bytes:
    import csv
    from io import StringIO

    out = StringIO()
    writer = csv.DictWriter(out, table.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(row.values) for row in table.rows)
    return out.getvalue().encode()


def paired(extracts: list[Extract]) -> tuple[Extract, Extract, str] | None:
    """Source and target of the first two extracts that share a key and half of their columns.

    The target's columns bear the source's names; the sentence says what was guessed of the sides and the columns.
    """
    for at, one in enumerate(extracts):
        for other in extracts[at + 1 :]:
            source, target, guessed = _sides(one, other)
            target = aligned(source, target)
            shared = len(set(source.columns) & set(target.columns))
            if source.key != target.key or shared * 2 < min(len(source.columns), len(target.columns)):
                continue
            return source, target, " ".join(filter(None, (guessed, said(target))))
    return None


def _sides(one: Extract, other: Extract) -> tuple[Extract, Extract, str]:
    if (one.side, other.side) in {("source", "target"), ("source", ""), ("", "target")}:
        return one, other, ""
    if (one.side, other.side) in {("target", "source"), ("target", ""), ("", "source")}:
        return other, one, ""
    guessed = f"“{one.name}” was taken as the source and “{other.name}” as the target, in the order given."
    return one, other, guessed


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
