"""Answers of Prometheus' queries (`/api/v1/query_range`, `/api/v1/query`), and of stores that speak its form."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.metrics import Metrics, Series, Tells
from sevline.core.readers.reader import Form, Source, reader

MOST_SERIES, MOST_POINTS = 2_000, 20_000
#: A time in seconds of the epoch, or in thousandths and less, as some stores write it; the seconds of no later one.
UNITS, LATEST = (1.0, 1e3, 1e6, 1e9), 1e11
#: What a query over a range answers, and one for a moment.
KINDS = ("matrix", "vector")
SERVICE_LABELS = ("service", "service_name", "app", "application", "job", "deployment", "container", "namespace")
DURATION = re.compile(r"duration|latency|response_time|_seconds(?:_|$)|_millis|_ms(?:_|$)", re.IGNORECASE)
ERRORS = re.compile(r"error|fail|5xx|exception", re.IGNORECASE)
BACKLOG = re.compile(
    r"(?:^|_)lag(?:_(?:sum|max|messages|records))?$|backlog|queue_?(?:depth|length|size|messages)|messages_(?:ready|una"
    r"cked|waiting|pending|visible)|number_?of_?messages|(?:jobs|tasks|messages|items)_(?:waiting|pending|enqueued|queued)"
    r"|(?:waiting|pending|enqueued|queued|undelivered|unacked)_(?:jobs|tasks|messages|items)",
    re.IGNORECASE,
)
RATE = re.compile(r"request|call|rate|throughput|qps|rps|_total$|_count$", re.IGNORECASE)
ERROR_LABELS = ("status", "code", "status_code", "http_status", "status_class")


@reader("prometheus", Form.JSON)
def prometheus(source: Source, document: Any) -> Iterator[Given]:
    """Answers of Prometheus' queries, over a range and for one moment"""
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict) or data.get("resultType") not in KINDS or not isinstance(data.get("result"), list):
        return
    rows = [(f"/data/result/{at}", row) for at, row in enumerate(data["result"][:MOST_SERIES])]
    found = [series for place, row in rows if (series := _series(place, row)) is not None]
    if found:
        yield Metrics(source.artifact, tuple(found), len(data["result"]) - len(found))


def _series(place: str, row: Any) -> Series | None:
    row = row if isinstance(row, dict) else {}
    alone = "value" in row
    labels, values = row.get("metric"), [row["value"]] if alone else row.get("values")
    if not isinstance(labels, dict) or not isinstance(values, list):
        return None
    told = _points(values)
    if not told:
        return None
    named = {str(name): str(value) for name, value in labels.items()}
    name = named.get("__name__", "")
    at, amounts = tuple(at for at, _ in told), tuple(value for _, value in told)
    places = (f"{place}/value",) if alone else ()
    return Series(
        place, name, _service(named), tells(name, named), at, amounts, is_counter(name, amounts), places=places
    )


def _points(values: list[Any]) -> list[tuple[float, float]]:
    """Times and values; none where one of them cannot be read."""
    points = [_point(value) for value in values[:MOST_POINTS]]
    told = [point for point in points if point is not None]
    return told if len(told) == len(points) else []


def _service(labels: dict[str, str]) -> str:
    return next((labels[label] for label in SERVICE_LABELS if labels.get(label)), "")


def is_counter(name: str, values: tuple[float, ...]) -> bool:
    """Whether by its name and its values it only grows."""
    may_fall = BACKLOG.search(name) is not None
    return (
        not may_fall
        and name.endswith(("_total", "_count", "_sum"))
        and all(one <= two for one, two in pairwise(values))
    )


def _point(value: Any) -> tuple[float, float] | None:
    """Time and value; NaN stands for no value and counts as nought, as a rate without requests does."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    try:
        at, amount = float(value[0]), float(value[1])
    except (TypeError, ValueError, OverflowError):
        return None
    at = next((at / unit for unit in UNITS if 0 <= at / unit < LATEST), math.nan)
    return None if math.isnan(at) else (at, amount if math.isfinite(amount) else 0.0)


def tells(name: str, labels: dict[str, str]) -> Tells:
    """What a series says by its name and labels, as Prometheus names them."""
    if DURATION.search(name) or "quantile" in labels:
        return Tells.DURATION
    failing = any(labels.get(label, "").startswith("5") for label in ERROR_LABELS)
    if failing or ERRORS.search(name):
        return Tells.ERRORS
    if BACKLOG.search(name):
        return Tells.BACKLOG
    return Tells.RATE if RATE.search(name) else Tells.OTHER
