"""What a query may cost and what it answers; the same on every database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sevline.core.lifecycle import Refused

MOST_ROWS, MOST_SECONDS = 1_000, 30  # no source may be given more


class Failed(Refused):
    """The database did not answer; the sentence holds nothing of what the database itself said."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Ceilings of one run; `octets` is the size of the answer, `cell` that of one value, in characters."""

    rows: int = 500
    columns: int = 200
    octets: int = 2 * 2**20
    seconds: float = 5.0
    cell: int = 4_096
    cost: float = 5_000_000.0  # PostgreSQL's estimate, in its own units
    estimated_rows: int = 20_000_000

    def __post_init__(self) -> None:
        if not (0 < self.rows <= MOST_ROWS and 0 < self.seconds <= MOST_SECONDS):
            raise ValueError(f"a run has at most {MOST_ROWS:,} rows and {MOST_SECONDS} s")


@dataclass(frozen=True, slots=True)
class Answer:
    """Cells are text, None for NULL. `cut` says in a sentence what is missing, or nothing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    cut: str
    millis: int


def collected(rows: Iterable[Sequence[Any]], caps: Caps) -> tuple[tuple[tuple[str | None, ...], ...], str]:
    """The rows up to the ceilings, and the sentence about what was left out."""
    kept: list[tuple[str | None, ...]] = []
    size = 0
    for row in rows:
        if len(kept) == caps.rows:
            return tuple(kept), f"Only the first {caps.rows} rows are shown; there are more."
        cells = tuple(_cell(value, caps.cell) for value in row)
        size += sum(len(cell.encode("utf-8", "replace")) for cell in cells if cell is not None)
        if size > caps.octets:
            return tuple(kept), f"Only {len(kept)} rows are shown; the answer is larger than {caps.octets // 1024} kB."
        kept.append(cells)
    return tuple(kept), ""


def _cell(value: Any, most: int) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes | bytearray | memoryview):
        return f"({len(value)} bytes)"
    text = str(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def check_columns(names: Sequence[str], caps: Caps) -> tuple[str, ...]:
    if len(names) > caps.columns:
        raise Failed(f"The answer has {len(names)} columns; at most {caps.columns} are shown. Name those you need.")
    return tuple(names)
