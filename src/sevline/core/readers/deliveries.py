"""Webhook delivery logs, one row an attempt, whatever the columns are called; and lists of the events emitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sevline.core.finding import Evidence, Given
from sevline.core.readers.columns import Assignment, Field, is_moment, is_number, is_status, number
from sevline.core.readers.durations import factor_of, in_millis, is_duration
from sevline.core.readers.moments import any_moment
from sevline.core.readers.tables import Table

YES = frozenset({"true", "yes", "1", "t"})


def _is_yes_or_no(value: str) -> bool:
    return value.strip().lower() in YES | {"false", "no", "0", "f"}


DELIVERY_FIELDS = (
    Field("event_id", "webhook_id event_id message_id msg_id delivery_event_id svix_id notification_id guid "
                      "event id", required=True),
    Field("status", "response_status_code status_code http_status response_code response_status http_code "
                    "code status", is_status, marks=2),
    Field("outcome", "outcome result state delivery_status success delivered succeeded status"),
    Field("attempt", "attempt_number attempt_no attempt try tries retry_count retry_num retry", is_number, marks=3),
    Field("at", "attempted_at delivered_at sent_at attempt_at timestamp time created_at "
                "date ts at attempted sent delivered created", is_moment, required=True),
    Field("event_at", "event_time event_timestamp occurred_at event_created_at event_at emitted_at created "
                      "occurred", is_moment, marks=2),
    Field("duration", "response_time_ms duration_ms latency_ms response_duration_ms duration latency "
                      "response_time elapsed took", is_duration),
    Field("endpoint", "endpoint_url target_url destination endpoint url webhook_url endpoint_id hook_id", marks=2),
    Field("tenant", "tenant_id account_id org_id organization_id customer_id tenant account customer app_id"),
    Field("type", "event_type topic event_name type event action"),
    Field("error", "error_message failure_reason error exception reason message"),
    Field("retry_after", "retry_after response_headers_retry_after response_retry_after"),
    Field("size", "payload_size body_size request_size size_bytes payload_bytes size", is_number),
    Field("content_type", "content_type request_content_type mime_type"),
    Field("location", "location redirect_url response_location"),
    Field("sequence", "sequence_number sequence seq offset", is_number),
    Field("timeout", "timeout_ms timeout_seconds timeout_s timeout", is_duration),
    Field("again", "redelivery is_redelivery manual is_manual resent manual_resend", _is_yes_or_no),
    Field("signature", "signature_valid signature_ok signature_verified verified"),
)  # fmt: skip
EMITTED_FIELDS = (
    Field("event_id", "event_id webhook_id message_id msg_id guid id", required=True),
    Field("at", "emitted_at occurred_at event_time created_at published_at timestamp created "
                "time at", is_moment, required=True),
    Field("tenant", "tenant_id account_id org_id customer_id tenant account customer"),
    Field("type", "event_type topic event_name type", required=True),
)  # fmt: skip
#: Without a type, the name of the time says that the rows are events that somebody emitted.
EMITTED_BARE_FIELDS = (
    Field("event_id", "event_id webhook_id message_id msg_id", required=True),
    Field("at", "emitted_at published_at occurred_at event_time", is_moment, required=True),
    Field("tenant", "tenant_id account_id org_id customer_id tenant account customer"),
)  # fmt: skip
OK = frozenset(
    {"success", "succeeded", "delivered", "ok", "true", "yes", "completed", "sent", "1"}
    | {"erfolgreich", "erfolg", "zugestellt", "ja", "gesendet", "succès", "réussi", "livré", "oui", "éxito", "exitoso"}
    | {"entregado", "sí", "si"}
)
HOW = (
    "Export the delivery attempts of that time with event id, attempt, time, status code, duration, endpoint "
    "and error: "
    'in the webhook console, or `psql -c "\\copy (select … from webhook_attempts) to deliveries.csv csv header"`.'
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt; `again` where a person asked for it. `status` 0: no response; `millis` None: not recorded."""

    locator: str
    event: str
    at: datetime
    status: int
    ok: bool
    attempt: int | None = None
    millis: float | None = None
    event_at: datetime | None = None
    endpoint: str = ""
    tenant: str = ""
    type: str = ""
    error: str = ""
    retry_after: str = ""
    size: float | None = None
    content_type: str = ""
    location: str = ""
    sequence: int | None = None
    timeout_ms: float | None = None
    signature: str = ""
    again: bool = False


@dataclass(frozen=True)
class Deliveries(Given):
    what = "a webhook delivery log"
    how = HOW

    artifact: str
    attempts: tuple[Delivery, ...]
    skipped: int = 0

    def cite(self, attempt: Delivery, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, attempt.locator, str(observed), str(expected))

    @cached_property
    def by_event(self) -> Mapping[tuple[str, str], Sequence[Delivery]]:
        """Attempts of one event at one endpoint, in time order."""
        found: dict[tuple[str, str], list[Delivery]] = {}
        for attempt in sorted(self.attempts, key=lambda each: each.at):
            found.setdefault((attempt.event, attempt.endpoint), []).append(attempt)
        return found

    @cached_property
    def by_endpoint(self) -> Mapping[str, Sequence[Delivery]]:
        found: dict[str, list[Delivery]] = {}
        for attempt in sorted(self.attempts, key=lambda each: each.at):
            found.setdefault(attempt.endpoint, []).append(attempt)
        return found

    @cached_property
    def end(self) -> datetime:
        return max(attempt.at for attempt in self.attempts)


@dataclass(frozen=True, slots=True)
class Emitted:
    locator: str
    event: str
    at: datetime
    tenant: str = ""
    type: str = ""


@dataclass(frozen=True)
class EmittedEvents(Given):
    what = "the list of events that the application emitted"
    how = (
        "Export the events of that time with id, time, tenant and type from the application's outbox or event table: "
        '`psql -c "\\copy (select id, created_at, tenant_id, type from events) to emitted.csv csv header"`.'
    )

    artifact: str
    events: tuple[Emitted, ...]

    def cite(self, event: Emitted, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, event.locator, str(observed), str(expected))


def read_deliveries(table: Table, taken: Assignment) -> Deliveries | None:
    factors = {
        key: factor_of(taken.taken.get(key, ""), (taken.get(row.values, key) for row in table.rows))
        for key in ("duration", "timeout")
    }
    found = [each for row in table.rows if (each := _delivery(row.locator, row.values, taken, factors)) is not None]
    return Deliveries(table.artifact, tuple(found), len(table.rows) - len(found)) if found else None


def _delivery(
    locator: str, row: Mapping[str, str], taken: Assignment, factors: Mapping[str, float | None]
) -> Delivery | None:
    event, at = taken.get(row, "event_id"), any_moment(taken.get(row, "at"))
    if not event or at is None:
        return None
    status = int(number(taken.get(row, "status")) or 0)
    tried = number(taken.get(row, "attempt"))
    sequence = number(taken.get(row, "sequence"))
    outcome = taken.get(row, "outcome")
    return Delivery(
        locator,
        event,
        at,
        status,
        _succeeded(status, outcome.lower()),
        int(tried) if tried is not None else None,
        in_millis(taken.get(row, "duration"), taken.taken.get("duration", ""), factors["duration"]),
        any_moment(taken.get(row, "event_at")),
        taken.get(row, "endpoint"),
        taken.get(row, "tenant"),
        taken.get(row, "type"),
        taken.get(row, "error") or _error_in(outcome, status),
        taken.get(row, "retry_after"),
        number(taken.get(row, "size")),
        taken.get(row, "content_type"),
        taken.get(row, "location"),
        int(sequence) if sequence is not None else None,
        in_millis(taken.get(row, "timeout"), taken.taken.get("timeout", ""), factors["timeout"]),
        taken.get(row, "signature").lower(),
        taken.get(row, "again").strip().lower() in YES,
    )


def _succeeded(status: int, outcome: str) -> bool:
    if status:
        return 200 <= status < 300
    return outcome in OK


def _error_in(outcome: str, status: int) -> str:
    """Some logs, such as GitHub's, tell in the outcome itself why no answer came: “timed out”, “failed to connect”."""
    says = outcome.strip()
    return says if not status and " " in says and says.lower() not in OK else ""


def read_emitted(table: Table, taken: Assignment) -> EmittedEvents | None:
    found = [
        Emitted(row.locator, event, at, taken.get(row.values, "tenant"), taken.get(row.values, "type"))
        for row in table.rows
        if (event := taken.get(row.values, "event_id")) and (at := any_moment(taken.get(row.values, "at"))) is not None
    ]
    return EmittedEvents(table.artifact, tuple(found)) if found else None
