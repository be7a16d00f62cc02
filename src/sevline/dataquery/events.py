"""What happens with data queries. Parameters and texts are redacted with the case's key before they get here."""

from dataclasses import dataclass, field
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAsked(Happening):
    """Somebody asked for a grant for a query of their own."""

    kind: ClassVar[str] = "data.query_asked"
    source: str
    sql: str
    hash: str
    parameters: dict[str, str] = field(default_factory=dict)
    purpose: str
    approval: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRefused(Happening):
    """The guard did not let a query in; `text` is what was typed, redacted."""

    kind: ClassVar[str] = "data.query_refused"
    source: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryStarted(Happening):
    """Written before the query is sent, so that a run that never comes back is in the trail too."""

    kind: ClassVar[str] = "data.query_started"
    run: str
    source: str
    query: str  # the id of a reviewed query, or “ad hoc”
    sql: str
    hash: str
    parameters: dict[str, str] = field(default_factory=dict)
    approval: int | None = None
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAnswered(Happening):
    kind: ClassVar[str] = "data.query_answered"
    run: str
    source: str
    rows: int
    millis: int
    columns: tuple[str, ...]
    result_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryFailed(Happening):
    kind: ClassVar[str] = "data.query_failed"
    run: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCited(Happening):
    kind: ClassVar[str] = "data.answer_cited"
    run: str
    item: str
