"""Metrics as the OpenTelemetry protocol writes them in JSON, as one document or as one document on each line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.documents.otlp_traces import attributes_of
from sevline.core.readers.documents.prometheus import MOST_POINTS, MOST_SERIES, is_counter, tells
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.metrics import Metrics, Series, Tells
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.spans import NANO, text, whole

CUMULATIVE: tuple[object, ...] = (2, "2", "AGGREGATION_TEMPORALITY_CUMULATIVE")
#: Kinds of which each point counts many measurements, with their sum.
COUNTED = ("histogram", "exponentialHistogram", "summary")
TIMES = frozenset({"s", "ms", "us", "ns", "seconds", "milliseconds"})
STATUS = ("http.response.status_code", "http.status_code", "rpc.grpc.status_code", "error.type", "status_code", "code")
#: Service, metric, and its attributes.
Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass
class _Points:
    """What one series was given so far: (time, value, place)."""

    unit: str
    tells: Tells
    counter: bool
    points: list[tuple[float, float, str]] = field(default_factory=list)


@reader("otlp-metrics", Form.JSON)
def otlp_metrics(source: Source, document: Any) -> Iterator[Given]:
    """Metrics in the OpenTelemetry protocol's JSON"""
    found: dict[Key, _Points] = {}
    if isinstance(document, dict) and "resourceMetrics" in document:
        _take(document, "", found)
    yield from _made(source, found)


@reader("otlp-metrics-lines", Form.LINES)
def otlp_metric_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Metrics in the OpenTelemetry protocol's JSON, one document on each line"""
    found: dict[Key, _Points] = {}
    for number, line in enumerate(lines, 1):
        if '"resourceMetrics"' not in line[:2000]:
            continue
        try:
            document = decode(line.encode())
        except BadJsonError:
            continue
        _take(document, f"{number}:1", found)
    yield from _made(source, found)


def _made(source: Source, found: dict[Key, _Points]) -> Iterator[Given]:
    series = [_series(key, points) for key, points in list(found.items())[:MOST_SERIES] if points.points]
    if series:
        yield Metrics(source.artifact, tuple(series), max(len(found) - MOST_SERIES, 0))


def _series(key: Key, found: _Points) -> Series:
    service, name, attributes = key
    ordered = sorted({at: (at, value, place) for at, value, place in found.points}.values())[:MOST_POINTS]
    values = tuple(value for _, value, _ in ordered)
    told = ", ".join(f"{label} {value}" for label, value in attributes[:3])
    return Series(
        ordered[0][2],
        f"{name} ({told})" if told else name,
        service,
        found.tells,
        tuple(at for at, _, _ in ordered),
        values,
        found.counter and is_counter("_total", values),
        found.unit,
        tuple(place for _, _, place in ordered),
    )


def _take(document: Any, line: str, found: dict[Key, _Points]) -> None:
    for number, resource in enumerate(_listed(document, "resourceMetrics")):
        told = resource.get("resource")
        own = attributes_of(told.get("attributes") if isinstance(told, dict) else None)
        for scopes in ("scopeMetrics", "instrumentationLibraryMetrics"):
            for scope_number, scope in enumerate(_listed(resource, scopes)):
                for index, metric in enumerate(_listed(scope, "metrics")):
                    place = f"/resourceMetrics/{number}/{scopes}/{scope_number}/metrics/{index}"
                    _metric(text(own.get("service.name")), metric, place, line, found)


def _metric(service: str, metric: dict[str, Any], place: str, line: str, found: dict[Key, _Points]) -> None:
    name, unit = text(metric.get("name")), text(metric.get("unit"))
    for kind in ("sum", "gauge", *COUNTED):
        data = metric.get(kind)
        grows = isinstance(data, dict) and data.get("aggregationTemporality") in CUMULATIVE
        monotonic = isinstance(data, dict) and data.get("isMonotonic") is True
        for index, point in enumerate(_listed(data, "dataPoints")):
            labels = {label: str(value) for label, value in attributes_of(point.get("attributes")).items()}
            at = whole(point.get("timeUnixNano")) / NANO
            where = line or f"{place}/{kind}/dataPoints/{index}"
            for own_name, value, counts in _values(name, kind, point) if at else ():
                key = (service, own_name, tuple(sorted(labels.items())))
                told = _tells(own_name, unit, labels, counts=counts)
                new = _Points("" if counts else _shown(unit), told, grows and (counts or monotonic))
                found.setdefault(key, new).points.append((at, value, where))


def _shown(unit: str) -> str:
    """UCUM's “1” is no unit, and what it writes in braces is a word."""
    return "" if unit == "1" else unit.strip("{}")


def _values(name: str, kind: str, point: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    """Name, value, and whether it is a number of measurements: of a histogram both their mean and their number."""
    if kind not in COUNTED:
        value = _number(point.get("asDouble", point.get("asInt")))
        if value is not None:
            yield name, value, False
        return
    count, total = _number(point.get("count")), _number(point.get("sum"))
    if count and total is not None:
        yield f"{name} mean", total / count, False
    if count is not None:
        yield f"{name} count", count, True


def _tells(name: str, unit: str, labels: dict[str, str], *, counts: bool) -> Tells:
    status = next((labels[label] for label in STATUS if label in labels), "")
    if status.startswith("5") or "error.type" in labels:
        return Tells.ERRORS
    if counts:
        return Tells.RATE
    return Tells.DURATION if unit in TIMES else tells(name.replace(".", "_"), labels)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def _listed(value: Any, key: str) -> list[dict[str, Any]]:
    found = value.get(key) if isinstance(value, dict) else None
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else []
