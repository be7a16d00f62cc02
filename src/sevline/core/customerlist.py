"""Lists of customers as CSV: one row an environment, or a customer without any.

The columns are those that the list prints, so that what is exported can be imported elsewhere.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from io import StringIO

from sevline.core.lifecycle import Refused

MOST_ROWS = 20_000
LARGEST = 20 * 2**20
#: What else a column may be called.
_ALSO = {
    "account": "customer",
    "name": "customer",
    "company": "customer",
    "timezone": "time_zone",
    "tenant_id": "tenant",
    "environment_name": "environment",
    "environment_kind": "kind",
}
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """One row, every cell as text. `region` is the customer's, `environment_region` that of the environment."""

    customer: str
    key: str = ""
    plan: str = ""
    region: str = ""
    seats: str = ""
    time_zone: str = ""
    language: str = ""
    environment: str = ""
    tenant: str = ""
    kind: str = ""
    environment_region: str = ""
    version: str = ""


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(ListedCustomer))


def read_customers(data: bytes) -> Iterator[tuple[int, ListedCustomer]]:
    """The rows with their line numbers. Raises Refused where the list cannot be read as one."""
    if len(data) > LARGEST:
        raise Refused(f"The list is larger than {LARGEST >> 20} MB. Import it in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The list is not UTF-8 text. Save it as CSV in UTF-8 and import it again.") from None
    if not text.strip():
        raise Refused("The list is empty.")
    head = text.lstrip().split("\n", 1)[0]
    return _rows(text, max(",;\t", key=head.count))


def _rows(text: str, separator: str) -> Iterator[tuple[int, ListedCustomer]]:
    reader = _told(text, separator)
    _, head = next(reader)
    names = [_column(cell) for cell in head]
    if "customer" not in names:
        raise Refused(
            f"No column is called “customer”. The columns are {', '.join(COLUMNS)}; only the first is needed."
        )
    if len(set(names) - {""}) < len([name for name in names if name]):
        raise Refused("Two columns mean the same. Leave one of them out.")
    for count, (number, cells) in enumerate(reader, 1):
        if count > MOST_ROWS:
            raise Refused(f"A list has at most {MOST_ROWS:,} rows. Import it in parts.")
        given = {name: _bare(cell) for name, cell in zip(names, cells, strict=False) if name}
        yield number, ListedCustomer(**{"customer": "", **given})


def _told(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the number of the line that each ends on."""
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Refused(f"Line {reader.line_num} is no CSV: {error}.") from None


def _column(cell: str) -> str:
    """The column that a heading means; empty for one that is not read."""
    name = cell.strip().casefold().replace(" ", "_").replace("-", "_")
    name = _ALSO.get(name, name)
    return name if name in COLUMNS else ""


def _bare(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def as_csv(rows: Iterable[ListedCustomer]) -> str:
    """The rows as CSV with a header; a cell that a spreadsheet would run starts with an apostrophe."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in astuple(row)] for row in rows)
    return text.getvalue()
