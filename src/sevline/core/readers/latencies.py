"""Requests with their times as columns, from access logs, recordings and exports: for questions of many rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sevline.core.finding import Evidence, Given
from sevline.core.readers.columns import Assignment, Field, is_moment, is_status, number, snake
from sevline.core.readers.durations import DurationUnit, factor_of, in_millis, is_duration
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.moments import any_moment
from sevline.core.readers.onsets import OnsetTold
from sevline.core.readers.tables import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REQUEST_FIELDS = (
    Field("at", "timestamp started_at start_time time request_time_utc logged_at date ts at", is_moment, True),
    Field("duration", "duration_ms latency_ms response_time_ms elapsed_ms time_taken request_time duration "
                      "latency response_time elapsed time_total took target_processing_time", is_duration, True, 4),
    Field("endpoint", "endpoint route path url uri request operation handler", marks=2),
    Field("tenant", "tenant_id account_id org_id customer_id tenant account customer"),
    Field("region", "region zone availability_zone datacenter location pop"),
    Field("version", "app_version release version build deployment revision"),
    Field("status", "status_code http_status response_code status code", is_status),
    Field("server", "target_processing_time upstream_response_time server_time_ms backend_time_ms "
                    "server_time", is_duration),
)  # fmt: skip
#: Time, milliseconds, status, dimensions, locator, the server's own milliseconds.
Timed = tuple[float, float, int, tuple[str, ...], str, float | None]
DIMENSIONS = ("endpoint", "tenant", "region", "version")
HOW = (
    "Ask for the access log with request times (nginx `$request_time`, or the load balancer's log) from before "
    "and after "
    "the change, or for an export with time, duration, endpoint, tenant and region."
)


@dataclass(frozen=True)
class Latencies(OnsetTold):
    """Arrays of one length in time order. `at` in epoch seconds, `took` in milliseconds; dimensions as text."""

    what = "requests with their durations"
    how = HOW

    artifact: str
    name: str
    at: "NDArray[np.float64]" = field(repr=False)
    took: "NDArray[np.float64]" = field(repr=False)
    status: "NDArray[np.int64]" = field(repr=False)
    dimensions: Mapping[str, Sequence[str]] = field(repr=False)
    locators: Sequence[str] = field(repr=False)
    server: "NDArray[np.float64] | None" = field(repr=False, default=None)

    def __len__(self) -> int:
        return len(self.locators)

    def cite(self, index: int, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, self.locators[index], str(observed), str(expected))


def latencies_of(traffic: Traffic, name: str = "") -> Latencies | None:
    """The timed calls of a recording or an access log; None when there are none."""
    timed = [
        call for call in traffic.exchanges if call.started is not None and call.millis is not None and call.millis >= 0
    ]
    rows: list[Timed] = [
        (
            call.started.timestamp() if call.started else 0.0,
            call.millis or 0.0,
            call.status,
            (_route(call), "", "", ""),
            _place(call),
            None,
        )
        for call in timed
    ]
    return _columns(rows, traffic.artifact, name)


def once_a_file(evidence: Sequence[Given]) -> list[Given]:
    """The evidence with at most one table of durations a file, and one unit of each of its fields: two readers may have
    read the same rows of it.

    Of several the one with the most rows stays, of as many rows the one that says most of each.
    """
    best: dict[str, Latencies] = {}
    for one in evidence:
        if isinstance(one, Latencies):
            best[one.artifact] = max(best.get(one.artifact, one), one, key=_tells)
    kept = [one for one in evidence if not isinstance(one, Latencies) or best[one.artifact] is one]
    units = {id(one) for one in {(u.artifact, snake(u.field)): u for u in kept if isinstance(u, DurationUnit)}.values()}
    return [one for one in kept if not isinstance(one, DurationUnit) or id(one) in units]


def _tells(log: Latencies) -> tuple[int, int]:
    return len(log), len(log.dimensions) + (log.server is not None)


def _place(call: Exchange) -> str:
    return call.parts.get("time", call.locator)


def _route(call: Exchange) -> str:
    """Method and path with numbers and long ids in it made equal."""
    steps = ["{id}" if _is_id(step) else step for step in call.path.split("/")[:8]]
    return f"{call.method} {'/'.join(steps)[:120]}"


def _is_id(step: str) -> bool:
    return len(step) > 2 and (step.isdigit() or (len(step) >= 16 and sum(letter.isdigit() for letter in step) >= 4))


def read_latencies(table: Table, taken: Assignment) -> Latencies | None:
    column, behind = taken.taken.get("duration", ""), taken.taken.get("server", "")
    factor = factor_of(column, (taken.get(row.values, "duration") for row in table.rows))
    factor_behind = factor_of(behind, (taken.get(row.values, "server") for row in table.rows))
    rows: list[Timed] = []
    for row in table.rows:
        at, took = any_moment(taken.get(row.values, "at")), in_millis(taken.get(row.values, "duration"), column, factor)
        if at is None or took is None or took < 0:
            continue
        told = tuple(taken.get(row.values, name)[:120].split("?", 1)[0] for name in DIMENSIONS)
        server = in_millis(taken.get(row.values, "server"), behind, factor_behind)
        status = int(number(taken.get(row.values, "status")) or 0)
        rows.append((at.timestamp(), took, status, told, row.locator, server))
    return _columns(rows, table.artifact, table.name)


def _columns(rows: list[Timed], artifact: str, name: str) -> Latencies | None:
    import numpy as np

    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    at, took, status, told, locators, server = zip(*rows, strict=True)
    kept = {key: [each[place] for each in told] for place, key in enumerate(DIMENSIONS)}
    return Latencies(
        artifact,
        name,
        np.array(at, dtype=float),
        np.array(took, dtype=float),
        np.array(status, dtype=np.int64),
        {key: values for key, values in kept.items() if any(values)},
        locators,
        None if set(server) == {None} else np.array(server, dtype=float),
    )
