"""What one run over a text finds; it is meant for redacted text and keeps pseudonyms out of its facts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FactKind(StrEnum):
    TIMESTAMP = "timestamp"
    REQUEST_ID = "request_id"
    TRACE_ID = "trace_id"
    URL = "url"
    STATUS = "status"
    ERROR = "error"
    VERSION = "version"
    TENANT = "tenant"


@dataclass(frozen=True, slots=True)
class Fact:
    """`source_offset` counts characters from the start of the text. `confidence` is between 0 and 1.

    `instant` is aware and in UTC where the zone is known. Where it is not, it is naive, `zone_known` is False,
    and somebody has to be asked; None means that the day itself is not in the text.
    """

    kind: FactKind
    value: str
    source_offset: int
    confidence: float
    instant: datetime | None = None
    zone_known: bool = False
