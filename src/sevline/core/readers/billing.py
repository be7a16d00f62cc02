"""Billing events, expected and received, as tables. Amounts are compared, and never shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sevline.core.finding import Evidence, Given
from sevline.core.readers.columns import Assignment, Field, is_moment, is_number, number, snake
from sevline.core.readers.moments import any_moment
from sevline.core.readers.tables import Table

BILLING_FIELDS = (
    Field("event_id", "billing_event_id event_id id", required=True),
    Field("type", "event_type type kind name", required=True),
    Field("amount", "amount amount_cents total_amount total price value amount_due amount_paid", is_number, True, 4),
    Field("currency", "currency currency_code", marks=3),
    Field("key", "idempotency_key idempotency request_key dedup_key", marks=3),
    Field("at", "created_at occurred_at event_time timestamp time date created at", is_moment),
    Field("sequence", "sequence_number sequence seq version position", is_number),
    Field(
        "subject", "invoice_id subscription_id customer_id account_id tenant_id invoice subscription customer account"
    ),
    Field("direction", "direction side origin origin_side list"),
)


@dataclass(frozen=True, slots=True)
class BillingEvent:
    """`amount` is kept for comparing and stays out of every text."""

    locator: str
    id: str
    type: str
    amount: float | None = field(repr=False, default=None)
    key: str = ""
    at: datetime | None = None
    sequence: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class BillingEvents(Given):
    artifact: str
    events: tuple[BillingEvent, ...]

    what = "a list of billing events"
    how = "Export the billing events with id, type, amount, idempotency key and time."

    def cite(self, event: BillingEvent, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, event.locator, str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class BillingExpected(BillingEvents):
    what = "the billing events that were expected"
    how = (
        "Export the events that the application made, with id, type, amount, idempotency key and time, "
        "and name the role: `sevline analyze --as billing_expected=made.csv --as billing_received=got.csv`."
    )


@dataclass(frozen=True, slots=True)
class BillingReceived(BillingEvents):
    what = "the billing events that were received"
    how = (
        "Export the events that the billing system holds, with id, type, amount, idempotency key and time, "
        "and name the role: `sevline analyze --as billing_expected=made.csv --as billing_received=got.csv`."
    )


RECEIVED = ("received", "actual", "got", "ledger", "processed", "provider", "inbox", "in")


def read_billing(table: Table, taken: Assignment, role: str) -> tuple[BillingEvents, ...]:
    """One list, or two where a column says which side a row is from."""
    sides: Mapping[str, list[BillingEvent]] = {"expected": [], "received": []}
    for row in table.rows:
        if not (name := taken.get(row.values, "event_id")):
            continue
        sequence = number(taken.get(row.values, "sequence"))
        event = BillingEvent(
            row.locator,
            name,
            taken.get(row.values, "type"),
            _amount(row.values, taken),
            taken.get(row.values, "key"),
            any_moment(taken.get(row.values, "at")),
            int(sequence) if sequence is not None else None,
            taken.get(row.values, "subject"),
        )
        sides[_side(taken.get(row.values, "direction"), table.name, role)].append(event)
    made = (
        BillingExpected(table.artifact, tuple(sides["expected"])),
        BillingReceived(table.artifact, tuple(sides["received"])),
    )
    return tuple(each for each in made if each.events)


#: Digits behind the point of currencies that have not two (ISO 4217).
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_MINOR = re.compile(r"(?:^|_)(?:cents?|minor|minor_units?|pence|subunits?)(?:_|$)")


def _amount(row: Mapping[str, str], taken: Assignment) -> float | None:
    """In whole units of the currency: a column named for cents or minor units is brought to them."""
    amount = number(taken.get(row, "amount"))
    if amount is None or not _MINOR.search(snake(taken.taken.get("amount", ""))):
        return amount
    currency = taken.get(row, "currency").upper() or "?"
    digits = 0 if currency in _NO_DIGITS else 3 if currency in _THREE_DIGITS else 2
    return round(amount / float(10**digits), 6)


def _side(direction: str, name: str, role: str) -> str:
    """The row's own word, then the role that was named, then the file's name."""
    if direction:
        return "received" if direction.lower() in RECEIVED else "expected"
    if role.startswith("billing_"):
        return role.removeprefix("billing_")
    stem = name.lower().rpartition("/")[2]
    return "received" if any(word in stem for word in RECEIVED[:-1]) else "expected"
