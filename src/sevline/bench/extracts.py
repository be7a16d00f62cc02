"""Extracts of rows in the bench: read from Parquet, and kept as a profile where their rows need not be stored."""

from collections.abc import Sequence
from dataclasses import replace

from sevline.core.finding import Given
from sevline.core.readers.columns import assign
from sevline.core.readers.extracts import EXTRACT_FIELDS, extract_from_parquet
from sevline.core.readers.webhook_request import WebhookSecret
from sevline.core.redaction import RedactedData, Redactor
from sevline.core.sync import Extract

#: An extract larger than this is compared in full, yet only its profile is redacted and stored.
KEPT_WHOLE = 32 * 1024 * 1024
LEAST_SECRET = 8


def parquet(data: bytes, artifact: str, name: str, role: str) -> tuple[Extract | None, bytes]:
    """The extract in a Parquet file, and the profile that is stored of it."""
    import io

    import polars as pl

    try:
        head = pl.read_parquet(io.BytesIO(data), n_rows=200).select(pl.all().cast(pl.String, strict=False))
    except (pl.exceptions.PolarsError, OSError, ValueError) as problem:
        return None, f"The Parquet file cannot be read: {str(problem).splitlines()[0][:160]}\n".encode()
    sample = {column: [value for value in head[column].to_list() if value] for column in head.columns}
    taken = assign(head.columns, sample, EXTRACT_FIELDS)
    extract = extract_from_parquet(data, artifact, name, tuple(head.columns), taken, role)
    if extract is None:
        return (
            None,
            f"Parquet file with the columns {', '.join(head.columns)[:2000]}; none is named like a key.\n".encode(),
        )
    return extract, _profile(extract)


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
