"""The audit trail as CSV or JSON, row by row."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sevline.platform.models import Event

COLUMNS = (
    "seq", "at", "recorded_at", "kind", "actor_kind", "actor_key", "actor_label", "subject_kind", "subject_key",
    "subject_label", "case_key", "data", "mac",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


class _Line:
    """What csv writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def as_csv(events: Iterable[Event]) -> Iterator[str]:
    """Lines of CSV with a header; a cell that a spreadsheet would run as a formula starts with an apostrophe."""
    writer = csv.writer(_Line())
    yield str(writer.writerow(COLUMNS))
    for event in events:
        yield str(writer.writerow([guarded(value) for value in _told(event).values()]))


def as_json(events: Iterable[Event]) -> Iterator[str]:
    """Pieces of one JSON array, one object a row."""
    opening = "[\n"
    for event in events:
        yield opening + json.dumps(_told(event), ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def guarded(value: Any) -> Any:
    """A cell as it may stand in a CSV file that somebody opens in a spreadsheet."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def _told(event: Event) -> dict[str, Any]:
    return {name: _plain(getattr(event, name)) for name in COLUMNS}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
