"""What a foreign table is taken for. The role that a person named wins; else the role whose columns it has."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sevline.core.finding import Evidence, Given
from sevline.core.readers.billing import BILLING_FIELDS, read_billing
from sevline.core.readers.columns import Assignment, Field, assign, snake
from sevline.core.readers.columnwords import english
from sevline.core.readers.deliveries import (
    DELIVERY_FIELDS,
    EMITTED_BARE_FIELDS,
    EMITTED_FIELDS,
    read_deliveries,
    read_emitted,
)
from sevline.core.readers.durations import DurationUnit, unit_told
from sevline.core.readers.extracts import (
    EXTRACT_FIELDS,
    RUN_FIELDS,
    extract_from,
    read_runs,
    rows_from,
    side_of,
    times_of,
    with_key,
)
from sevline.core.readers.jobrows import LEAST as LEAST_OF_ROWS
from sevline.core.readers.jobrows import ROW_FIELDS, is_of_rows, read_job_rows, speaks_of_jobs
from sevline.core.readers.jobs import JOB_FIELDS, read_jobs
from sevline.core.readers.jsonrequests import METHODS
from sevline.core.readers.latencies import REQUEST_FIELDS, read_latencies
from sevline.core.readers.queries import plan_of_rows
from sevline.core.readers.readas import ReadAs
from sevline.core.readers.tables import Table

Made = Given | None
Make = Callable[[Table, Assignment, bytes, str], tuple[Made, ...]]


@dataclass(frozen=True, slots=True)
class Role:
    """`least`: marks that the columns have to make before the role is taken unasked; `title` completes “read as …”."""

    key: str
    title: str
    fields: Sequence[Field]
    least: int
    make: Make


def _plain(read: Callable[[Table, Assignment], Made]) -> Make:
    return lambda table, taken, _data, _role: (read(table, taken),)


def _billing(table: Table, taken: Assignment, _data: bytes, role: str) -> tuple[Made, ...]:
    return read_billing(table, taken, role)


def _extract(table: Table, taken: Assignment, data: bytes, role: str) -> tuple[Made, ...]:
    return (extract_from(table, taken, data, role), times_of(table))


BILLING = "a list of billing events"
ROLES = (
    Role("jobs", "a table of background jobs", ROW_FIELDS, LEAST_OF_ROWS, _plain(read_job_rows)),
    Role("jobs", "a log of background jobs", JOB_FIELDS, 6, _plain(read_jobs)),
    Role("deliveries", "a webhook delivery log", DELIVERY_FIELDS, 7, _plain(read_deliveries)),
    Role("billing", BILLING, BILLING_FIELDS, 9, _billing),
    Role("sync_runs", "a log of synchronisation runs", RUN_FIELDS, 7, _plain(read_runs)),
    Role("requests", "requests with durations", REQUEST_FIELDS, 7, _plain(read_latencies)),
    Role("events", "a list of emitted events", EMITTED_FIELDS, 3, _plain(read_emitted)),
    Role("events", "a list of emitted events", EMITTED_BARE_FIELDS, 2, _plain(read_emitted)),
    Role("extract", "an extract of rows", EXTRACT_FIELDS, 1, _extract),
)  # fmt: skip
#: Roles whose columns a table of any rows may have by chance: an order has an id, a state and a time, as a job has.
MAYBE_ROWS = frozenset({"jobs", "events", "requests"})
#: Ids that balancers, edge networks, log stores and tracing give, never a sender of events.
OF_A_REQUEST = re.compile(r"(?:^|_)(?:trace|span|ray|insert|cf_ray)_?id$")
#: The last word of columns that hold a method, alone or before the address.
OF_METHODS = frozenset({"method", "verb", "request", "name"})
#: Methods by which events are sent to a receiver.
SENDING = frozenset({"POST", "PUT", "PATCH"})
#: Roles that a person can name, and the one that reads them.
NAMED = {"source": "extract", "target": "extract", "billing_expected": "billing", "billing_received": "billing"}


@dataclass(frozen=True, slots=True)
class TableNote(ReadAs):
    """What was taken for what, so that a person can object. Nothing is `told` of a table whose columns say nothing."""

    artifact: str
    locator: str
    name: str
    title: str
    told: str
    rows: int
    questions: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    def cite(self, observed: object) -> Evidence:
        return Evidence(self.artifact, self.locator, str(observed))


@dataclass(frozen=True, slots=True)
class PairNote(ReadAs):
    """Two tables that may be two sides of the same rows, and why they were not compared."""

    artifact: str
    question: str


def take(table: Table, data: bytes, role: str = "") -> Iterator[Given]:
    """The evidence in a table and a note on how it was read; nothing where it is of no known role."""
    if (plan := plan_of_rows(((row.locator, row.values) for row in table.rows[:1_000]), table.artifact)) is not None:
        yield plan
        return
    both = _chosen(table, role)
    if both is None:
        yield from filter(None, (rows_from(table, data), times_of(table)))
        return
    if not role and both[0].key in MAYBE_ROWS:
        yield from filter(None, (rows_from(table, data),))
    yield from _made(table, data, role, *both)


def _made(table: Table, data: bytes, role: str, chosen: Role, taken: Assignment) -> Iterator[Given]:
    made = () if taken.lacking else tuple(each for each in chosen.make(table, taken, data, role) if each is not None)
    yield from made
    units = list(units_of(table, taken))
    yield from units
    first = "" if table.rows[0].locator.startswith("/") else table.heading
    is_asked = any(unit.question for unit in units)
    lacking = taken.lacking or (() if made or is_asked else ("rows in which these columns are filled",))
    yield TableNote(
        table.artifact,
        first,
        table.name,
        chosen.title,
        taken.told if made else "",
        len(table.rows),
        taken.questions,
        lacking,
    )


def units_of(table: Table, taken: Assignment) -> Iterator[DurationUnit]:
    """In which units the durations of a table were read whose columns and values name none."""
    for key in ("duration", "server", "timeout"):
        if (column := taken.taken.get(key)) is not None:
            values = ((row.locator, row.values.get(column, "")) for row in table.rows)
            yield from [unit] if (unit := unit_told(table.artifact, column, values)) is not None else ()


def role_of(table: Table) -> str:
    """The key of the role that a table is taken for when nobody names one; "" for none."""
    chosen = _chosen(table, "")
    return chosen[0].key if chosen is not None else ""


def untold(table: Table) -> TableNote:
    """A table of no known role: it is there, and its columns tell nothing."""
    return TableNote(table.artifact, table.heading, table.name, "", "", len(table.rows))


def _chosen(table: Table, role: str) -> tuple[Role, Assignment] | None:
    """The role that was named, or else the one that fits best, with its columns."""
    sample = {column: table.sample(column) for column in table.columns}
    wanted = NAMED.get(role, role)
    named = [(each, assign(table.columns, sample, each.fields)) for each in ROLES if each.key == wanted]
    if named:
        # Of several forms of one role the last one is what a person is asked about.
        chosen, taken = next((one for one in named[:-1] if _fits(table, *one)), named[-1])
        return chosen, with_key(table, taken) if chosen.key == "extract" else taken
    tried = [(each, assign(table.columns, sample, each.fields)) for each in ROLES]
    fitting = _fitting(table, tried)
    if fitting:
        return _best(fitting)
    extract, taken = tried[-1]
    # A change time, and a file that is named as one side of a comparison: the key bears a name that nobody foresaw.
    return (extract, with_key(table, taken)) if "changed" in taken.taken and side_of(table.name, "") else None


def _fits(table: Table, role: Role, taken: Assignment) -> bool:
    """Unasked, spans are not taken for requests, and a list for an extract only by an exact name of its key."""
    if taken.lacking or taken.marks < role.least:
        return False
    if role.key == "jobs":
        return is_of_rows(table, taken) if role.fields is ROW_FIELDS else speaks_of_jobs(taken)
    if role.key in {"deliveries", "events"}:
        return not _are_requests(table, taken)
    if role.key == "requests":
        return not any(snake(column).endswith("span_id") for column in table.columns)
    return role.key != "extract" or _is_extract(table, taken)


def _fitting(table: Table, tried: list[tuple[Role, Assignment]]) -> list[tuple[Role, Assignment]]:
    """Roles that fit; what fits a delivery log and bears its answers is no list of events that were only emitted."""
    found = [(each, taken) for each, taken in tried if _fits(table, each, taken)]
    if any(each.key == "deliveries" and _are_answered(table, taken) for each, taken in found):
        return [(each, taken) for each, taken in found if each.key != "events"]
    return found


def _are_requests(table: Table, taken: Assignment) -> bool:
    """Whether the rows are requests that a server answered: the ids are those of a balancer or of tracing, or methods
    stand there by which nobody sends an event."""
    if OF_A_REQUEST.search(snake(taken.taken["event_id"])):
        return True
    named = [column for column in table.columns if snake(column).rpartition("_")[2] in OF_METHODS]
    words = [value.strip().partition(" ")[0].upper() for column in named for value in table.sample(column)]
    methods = [word for word in words if word in METHODS]
    asking = [method for method in methods if method not in SENDING]
    return len(asking) * 10 > len(methods)


def _are_answered(table: Table, taken: Assignment) -> bool:
    """Whether the rows bear the status of an HTTP answer: who only emits an event has none."""
    codes = table.sample(taken.taken.get("status", ""))
    return len([code for code in codes if re.fullmatch(r"\s*[1-5]\d\d(?:\.0)?\s*", code)]) * 2 > len(codes)


def _is_extract(table: Table, taken: Assignment) -> bool:
    exact = english(snake(taken.taken["key"])) in EXTRACT_FIELDS[0].names
    # One value in every row names the kind of a record, as in logs, and no row.
    tells = len(table.rows) == 1 or len({taken.get(row.values, "key") for row in table.rows}) > 1
    return (
        exact and tells and (":" in table.rows[0].locator or "changed" in taken.taken or bool(side_of(table.name, "")))
    )


def _best(fitting: list[tuple[Role, Assignment]]) -> tuple[Role, Assignment]:
    """The role for which the columns speak most beyond what it asks for; of equals the first in the table of roles."""
    return max(fitting, key=lambda pair: (pair[1].marks - pair[0].least, -ROLES.index(pair[0])))
