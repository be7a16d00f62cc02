"""Series of a metric over time, in one form, each value knowing where it stands."""

from dataclasses import dataclass, field
from enum import StrEnum

from sevline.core.finding import Evidence
from sevline.core.readers.onsets import OnsetTold


class Tells(StrEnum):
    """What the values of a series say about a service."""

    RATE = "requests"
    ERRORS = "errors"
    DURATION = "duration"
    BACKLOG = "backlog"
    """What waits in a queue, or how far its consumers are behind."""
    OTHER = "value"


@dataclass(frozen=True, slots=True)
class Series:
    """`at` in seconds of the Unix epoch and `values` of one length; `counter`: it only grows, so changes are meant.
    `places` of the values, where they do not stand below `locator` one after another."""

    locator: str
    name: str
    service: str
    tells: Tells
    at: tuple[float, ...] = field(repr=False)
    values: tuple[float, ...] = field(repr=False)
    counter: bool = False
    unit: str = ""
    places: tuple[str, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        return " ".join(dict.fromkeys(part for part in (self.service, self.name or self.tells) if part))


@dataclass(frozen=True, slots=True)
class Metrics(OnsetTold):
    what = "metrics over time"
    how = (
        "Ask Prometheus for rate, errors and duration of the service over the hours around the fault: "
        "`curl -G PROMETHEUS/api/v1/query_range` with query, start, end and step, and attach the JSON."
    )

    artifact: str
    series: tuple[Series, ...]
    skipped: int = 0

    def cite(self, series: Series, index: int, observed: object, expected: object = "") -> Evidence:
        place = series.places[index] if series.places else f"{series.locator}/values/{index}"
        return Evidence(self.artifact, place, str(observed), str(expected))
