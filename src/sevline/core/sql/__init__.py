"""Read-only SQL: what may be asked of a data source, and the text that is sent in place of what was typed."""

from sevline.core.sql.catalogue import Catalogue, Column, Dialect, Table
from sevline.core.sql.guard import Admitted, Limits, NotAdmitted, admit

__all__ = ["Admitted", "Catalogue", "Column", "Dialect", "Limits", "NotAdmitted", "Table", "admit"]
