"""Extracts of rows in the bench: read from Parquet, and kept as a profile where their rows need not be stored."""

from collections.abc import Container, Sequence
from dataclasses import replace

from sevline.core.finding import Given
from sevline.core.readers.columns import assign
from sevline.core.readers.deliveries import EmittedEvents
from sevline.core.readers.extracts import EXTRACT_FIELDS, extract_from_parquet, row_times, rows_from_parquet
from sevline.core.readers.jobs import JobLog
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.webhook_request import WebhookSecret
from sevline.core.redaction import RedactedData, Redactor
from sevline.core.sync import Extract, Rows, RowTimes, as_text
from sevline.core.sync.compare import moments

#: An extract larger than this is compared in full, yet only its profile is redacted and stored.
KEPT_WHOLE = 32 * 1024 * 1024
LEAST_SECRET = 8
MOST_TIMES = 250_000


def parquet(data: bytes, artifact: str, name: str, role: str) -> tuple[list[Given], bytes]:
    """The extract in a Parquet file, or its rows where no column is named like a key, and the profile to store."""
    import io

    import polars as pl

    try:
        head = as_text(pl.scan_parquet(io.BytesIO(data)).head(200)).collect()
    except (pl.exceptions.PolarsError, OSError, ValueError) as problem:
        return [], f"The Parquet file cannot be read: {str(problem).splitlines()[0][:160]}\n".encode()
    sample = {column: [value for value in head[column].to_list() if value] for column in head.columns}
    taken = assign(head.columns, sample, EXTRACT_FIELDS)
    extract = extract_from_parquet(data, artifact, name, tuple(head.columns), taken, role)
    if extract is not None:
        return [extract, *_times(extract)], _profile(extract)
    rows = rows_from_parquet(data, artifact, name, tuple(head.columns), sample)
    told = f"Parquet file with the columns {', '.join(head.columns)[:2000]}; none is named like a key.\n".encode()
    return ([rows, *_times(rows.extract)] if rows else []), told


def _times(extract: Extract) -> list[RowTimes]:
    """Both times of its first rows, each cited at the profile that is stored of them."""
    if not extract.changed or not extract.loaded:
        return []
    both = [moments(extract.changed).alias("changed"), moments(extract.loaded).alias("loaded")]
    rows = extract.scan().head(MOST_TIMES).select(both).drop_nulls().collect().iter_rows()
    found = row_times(
        extract.artifact,
        extract.name,
        extract.changed,
        extract.loaded,
        [("1:1", began, ended) for began, ended in rows],
    )
    return [found] if found else []


def profile(found: Sequence[Given], data: bytes) -> bytes:
    """The data itself, or for a large extract what describes it."""
    extract = next((each for each in found if isinstance(each, Extract)), None)
    return data if extract is None or len(data) <= KEPT_WHOLE else _profile(extract)


def _profile(extract: Extract) -> bytes:
    import polars as pl

    rows = extract.scan().select(pl.len()).collect(engine="streaming").item()
    taken = {
        "key": ", ".join(extract.key),
        "tenant": extract.tenant,
        "changed": extract.changed,
        "loaded": extract.loaded,
    }
    told = ", ".join(f"{what} = {column}" for what, column in taken.items() if column)
    lines = [
        f"Extract of {rows:,} rows and {len(extract.columns)} columns; the rows themselves are not stored.",
        f"Taken as: {told}.",
    ]
    return "\n".join([*lines, *(f"column {name}" for name in extract.columns), ""]).encode()


def without_secrets(redacted: RedactedData, evidence: Sequence[Given], redactor: Redactor) -> RedactedData:
    """Signing secrets that were handed over are masked wherever they stand, whatever form they have."""
    data = redacted.data
    for secret in evidence:
        if isinstance(secret, WebhookSecret) and len(secret.value) >= LEAST_SECRET and secret.value.encode() in data:
            data = data.replace(secret.value.encode(), redactor.pseudonym("SECRET", secret.value).encode())
    return redacted if data is redacted.data else replace(redacted, data=data)


def tables_in(evidence: Sequence[Given]) -> list[Extract]:
    """All tables that may be sides of a comparison, in the order of the files; of those whose key no name tells, the
    key is empty."""
    return [one.extract if isinstance(one, Rows) else one for one in evidence if isinstance(one, Extract | Rows)]


def without_sides(evidence: Sequence[Given], sides: Container[str]) -> list[Given]:
    """What was read, less what the two sides of a comparison say alone: they are no jobs and no events of their own."""
    alone = (RowTimes, JobLog, EmittedEvents, Latencies)
    return [one for one in evidence if not (isinstance(one, alone) and one.artifact in sides)]
