"""Two extracts of the same rows compared: what is missing, doubled, different, late."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sevline.core.finding import Evidence, Given

HOW = (
    "Export the same rows of both sides with their key, tenant, change time and compared columns, name the "
    "sides, and read them "
    'together: `psql -c "\\copy (select … order by id) to source.csv csv header"`, then '
    "`sevline analyze --as source=source.csv --as target=target.csv`."
)

#: Gives the pseudonym of a value under the case's key: label and value in, token out.
Mask = Callable[[str, str], str]


#: A row that is none: what psql writes below a table that it does not align, `(199 rows)`.
FOOTER = r"^\s*\(\d{1,12} \w{1,12}\)\s*$"


@dataclass(frozen=True, slots=True)
class Extract(Given):
    """One side as exported. `data` is CSV text or a Parquet file; `key`, … are its columns, "" where there is none."""

    what = "an extract of rows"
    how = HOW

    artifact: str
    name: str
    data: bytes = field(repr=False)
    form: str
    delimiter: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    tenant: str = ""
    changed: str = ""
    loaded: str = ""
    deleted: str = ""
    version: str = ""
    side: str = ""
    renamed: tuple[tuple[str, str], ...] = ()
    """Columns by their name in the file and the name that they bear here."""
    uuids: bool = False
    """Whether the key is a UUID, which one system writes in capitals or braces and another does not."""
    long_ids: bool = False
    """Whether the key is an id of Salesforce in 18 characters, while the other side has its first 15 alone."""

    def scan(self) -> Any:
        """A polars LazyFrame of all columns as text."""
        import io

        import polars as pl

        if self.form == "parquet":
            frame = as_text(pl.scan_parquet(io.BytesIO(self.data)))
        else:
            frame = pl.scan_csv(
                io.BytesIO(self.data),
                separator=self.delimiter,
                infer_schema=False,
                truncate_ragged_lines=True,
                ignore_errors=True,
                low_memory=True,
            )
            names = frame.collect_schema().names()
            alone = pl.all_horizontal(pl.col(name).is_null() for name in names[1:]) if len(names) > 1 else pl.lit(False)
            told = pl.col(names[0]).is_null() | pl.col(names[0]).str.contains(FOOTER)
            frame = frame.filter(~(alone & told))
        return frame.rename(dict(self.renamed)) if self.renamed else frame


@dataclass(frozen=True, slots=True)
class Rows(Given):
    """A table that may be one side of a comparison, and whose key no name tells: `extract.key` is empty."""

    what = Extract.what
    how = HOW

    artifact: str
    extract: Extract = field(repr=False)


def as_text(frame: Any) -> Any:
    """A polars LazyFrame with every column as text; lists, structures and bytes, which no text file holds, left out."""
    import polars as pl

    known = {name: kind for name, kind in frame.collect_schema().items() if not kind.is_nested() and kind != pl.Binary}
    return frame.select(pl.col(name).cast(pl.String, strict=False) for name in known)


class Lagged(Given):
    """What tells how long a change takes to reach the target: two sides compared, or one with both of its times."""

    __slots__ = ()
    what = "two extracts of the same rows, source and target"
    how = HOW
    made_of = (Extract, Rows)


@dataclass(frozen=True, slots=True)
class RowTimes(Lagged):
    """Of one extract the columns of both times, and of each row its place, its change and its load in epoch seconds."""

    what = "an extract of rows with the time of change and of loading"

    artifact: str
    name: str
    changed: str
    loaded: str
    times: tuple[tuple[str, float, float], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SyncDifference(Lagged):
    """`document` is the comparison as it is stored: keys and tenants as pseudonyms, values masked."""

    artifact: str
    document: dict[str, Any] = field(repr=False)

    def cite(self, pointer: str, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, pointer, str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class SyncRun:
    locator: str
    at: float
    cursor: str
    rows: float | None
    page: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class SyncLog(Given):
    what = "a log of the synchronisation's runs"
    how = "Export the runs of that time with start, cursor or watermark, page and number of rows."

    artifact: str
    runs: tuple[SyncRun, ...]

    def cite(self, run: SyncRun, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, run.locator, str(observed), str(expected))
