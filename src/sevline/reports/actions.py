"""The one thing that reports write: that somebody took figures out."""

from datetime import datetime

from django.db import transaction

from sevline.core.rights import Right, require
from sevline.people.models import Person
from sevline.platform.events import Ref, record
from sevline.reports.events import RowsExported


@transaction.atomic
def note_export(key: str, *, by: Person, title: str, start: datetime, end: datetime, rows: int) -> None:
    """Keep who took the rows of a KPI out, and of which period."""
    require(by, Right.KPI_VIEW)
    period = {"start": f"{start:%Y-%m-%d}", "end": f"{end:%Y-%m-%d}"}
    record(RowsExported(by=by.ref, subject=Ref("kpi", key, title), rows=rows, **period))
