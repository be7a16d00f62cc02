"""Who took figures out."""

from dataclasses import dataclass
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsExported(Happening):
    """The rows behind a KPI were taken out as CSV, for a period given by its days."""

    kind: ClassVar[str] = "kpi.exported"
    start: str
    end: str
    rows: int
