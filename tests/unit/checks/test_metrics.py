"""Rate, errors and duration before and after, from answers of range queries."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import cos, pi
from typing import Any

from tests.evidence import START, found, states

from sevline.core.finding import Given, State
from sevline.core.readers.changes_around import ChangeEntry, ChangeList
from sevline.core.readers.metrics import Metrics, Tells
from sevline.core.readers.reader import Form, Source, read_all


def answered(*series: tuple[dict[str, str], list[float]]) -> dict[str, Any]:
    """A range query's answer with a value each minute."""
    rows = [
        {"metric": labels, "values": [[START.timestamp() + 60 * at, str(value)] for at, value in enumerate(values)]}
        for labels, values in series
    ]
    return {"status": "success", "data": {"resultType": "matrix", "result": rows}}


def metrics(*series: tuple[dict[str, str], list[float]]) -> Metrics:
    (given,) = read_all(Form.JSON, Source("m1", "x.json"), answered(*series))
    assert isinstance(given, Metrics)
    return given


def deploy(minute: float) -> ChangeList:
    return ChangeList("c1", (ChangeEntry("/0", START + timedelta(minutes=minute), "deploy", "r2"),))


def flags(*changes: tuple[float, str]) -> ChangeList:
    rows = (ChangeEntry(f"/{n}", START + timedelta(minutes=at), "flag", name) for n, (at, name) in enumerate(changes))
    return ChangeList("c1", tuple(rows))


ERRORS = {"__name__": "http_requests_errors", "service": "billing"}
LATENCY = {"__name__": "http_request_duration_seconds", "job": "billing"}


def test_errors_that_rise_at_the_deploy_are_told_with_ratio_and_n() -> None:
    (finding,) = found("OBS09", metrics((ERRORS, [2.0] * 20 + [9.0] * 10)), deploy(19.5))

    assert finding.state is State.WARN
    assert "errors rise from 2 to 9 (4.50x)" in finding.title
    assert "at deploy r2; n = 20 and 10 values" in finding.title
    assert [cited.locator for cited in finding.evidence] == ["/data/result/0/values/19", "/data/result/0/values/20"]


def test_without_a_change_the_step_in_the_series_is_the_moment() -> None:
    (finding,) = found("OBS09", metrics((LATENCY, [0.2] * 15 + [1.1] * 15)))

    assert "(5.50x)" in finding.title
    assert (START + timedelta(minutes=15)).strftime("%H:%M") in finding.title


def test_a_counter_is_judged_by_its_growth() -> None:
    grows = [float(10 * at) for at in range(20)] + [200.0 + 2 * at for at in range(20)]
    (finding,) = found("OBS09", metrics(({"__name__": "http_requests_total", "app": "web"}, grows)), deploy(19.5))

    assert "requests fall from 10 to 2" in finding.title


def test_a_level_series_passes_and_too_few_values_are_not_told() -> None:
    assert states("OBS09", metrics((LATENCY, [0.2, 0.21] * 15))) == {State.PASS}
    assert states("OBS09", metrics((LATENCY, [0.2, 0.9, 0.2]))) == {State.NOT_EVALUATED}
    assert states("OBS09") == {State.NOT_EVALUATED}


def test_failing_statuses_are_errors_and_nan_is_nought() -> None:
    document = answered(({"code": "503", "service": "a"}, [0.0, float("nan")]))
    (given,) = read_all(Form.JSON, Source("m1", "x.json"), document)

    assert isinstance(given, Metrics)
    assert (given.series[0].tells, given.series[0].values) == (Tells.ERRORS, (0.0, 0.0))


def test_what_is_no_range_answer_or_is_broken_yields_nothing() -> None:
    broken: list[Any] = [
        {"data": {"resultType": "vector", "result": []}},
        {"data": {"resultType": "matrix", "result": [{"metric": {}, "values": [["x", "y"], [1]]}, 7, {"metric": 1}]}},
        {"data": None},
        [],
    ]
    read: list[Given] = [one for document in broken for one in read_all(Form.JSON, Source("m", "x"), document)]

    assert read == []
    assert datetime.fromtimestamp(START.timestamp(), UTC) == START


def test_a_series_of_a_quantile_is_a_duration_although_it_has_no_name() -> None:
    values = [[1_764_000_000 + at * 60, "0.2" if at < 20 else "4.8"] for at in range(40)]
    result = [{"metric": {"job": "gateway", "quantile": "0.99"}, "values": values}]
    document = {"status": "success", "data": {"resultType": "matrix", "result": result}}

    (finding,) = found("OBS09", *read_all(Form.JSON, Source("a1", "q.json"), document))

    assert finding.state is State.WARN
    assert "duration rise from 0.2 to 4.8" in finding.title


def otlp(*points: tuple[float, float], name: str = "http.server.request.duration", unit: str = "s") -> dict[str, Any]:
    """A gauge of one service, each point at a minute past START."""
    told = [
        {"timeUnixNano": str(int((START.timestamp() + 60 * minute) * 1e9)), "asDouble": value}
        for minute, value in points
    ]
    service = {"attributes": [{"key": "service.name", "value": {"stringValue": "billing"}}]}
    metric = {"name": name, "unit": unit, "gauge": {"dataPoints": told}}
    return {"resourceMetrics": [{"resource": service, "scopeMetrics": [{"metrics": [metric]}]}]}


def test_a_single_point_of_otlp_is_told_as_a_level_and_nothing_more() -> None:
    level, asked = found("OBS09", *read_all(Form.JSON, Source("m1", "x.json"), otlp((0, 0.25))))

    assert level.state is State.INFO
    assert level.title == (
        "The only value: billing http.server.request.duration is 0.25 s at 2026-03-02T09:00:00Z. "
        "One value tells a level, and not whether it rose or fell, nor at which rate."
    )
    assert level.evidence[0].locator == "/resourceMetrics/0/scopeMetrics/0/metrics/0/gauge/dataPoints/0"
    assert asked.missing == ("series with 5 values on both sides of a moment",)


def test_points_of_otlp_that_rise_are_judged_like_any_series_each_at_its_place() -> None:
    points = [(float(at), 0.2 if at < 15 else 1.1) for at in range(30)]

    (finding,) = found("OBS09", *read_all(Form.JSON, Source("m1", "x.json"), otlp(*points)))

    assert finding.state is State.WARN
    assert "duration rise from 0.2 to 1.1 (5.50x)" in finding.title
    assert finding.evidence[1].locator == "/resourceMetrics/0/scopeMetrics/0/metrics/0/gauge/dataPoints/15"


def test_one_export_a_line_makes_a_series() -> None:
    lines = [json.dumps(otlp((float(at), 2.0 if at < 15 else 9.0), name="queue.errors", unit="1")) for at in range(30)]

    (finding,) = found("OBS09", *read_all(Form.LINES, Source("m1", "x.json"), lines))

    assert "errors rise from 2 to 9" in finding.title
    assert [cited.locator for cited in finding.evidence] == ["15:1", "16:1"]


def test_a_sum_that_only_grows_is_judged_by_its_growth_and_a_histogram_by_mean_and_number() -> None:
    def point(minute: int, **more: Any) -> dict[str, Any]:
        return {"timeUnixNano": str(int((START.timestamp() + 60 * minute) * 1e9))} | more

    grown = [point(at, asInt=str(10 * at if at < 20 else 200 + 2 * (at - 20))) for at in range(40)]
    took = [point(at, count="4", sum=2.0 if at < 20 else 10.0) for at in range(40)]
    metrics = [
        {"name": "requests", "sum": {"aggregationTemporality": 2, "isMonotonic": True, "dataPoints": grown}},
        {"name": "latency", "unit": "s", "histogram": {"aggregationTemporality": 1, "dataPoints": took}},
    ]

    findings = found(
        "OBS09",
        *read_all(Form.JSON, Source("m1", "x.json"), {"resourceMetrics": [{"scopeMetrics": [{"metrics": metrics}]}]}),
    )

    titles = " ".join(finding.title for finding in findings)
    assert "requests: requests fall from 10 to 2" in titles
    assert "latency mean: duration rise from 0.5 to 2.5" in titles


def test_an_answer_for_one_moment_is_told_as_levels() -> None:
    result = [{"metric": {"__name__": "up", "job": job}, "value": [START.timestamp(), "1"]} for job in ("a", "b")]
    document = {"status": "success", "data": {"resultType": "vector", "result": result}}

    level, _ = found("OBS09", *read_all(Form.JSON, Source("m1", "x.json"), document))

    assert level.title.startswith("2 series hold one value each, such as: a up is 1 at 2026-03-02T09:00:00Z.")
    assert level.evidence[0].locator == "/data/result/0/value"


def test_times_in_thousandths_are_read_and_those_of_no_year_are_left_out() -> None:
    def at(time: float) -> list[Given]:
        row = {"metric": {"__name__": "up"}, "value": [time, "1"]}
        document = {"status": "success", "data": {"resultType": "vector", "result": [row]}}
        return list(read_all(Form.JSON, Source("m1", "x.json"), document))

    (finding, *_) = found("OBS09", *at(START.timestamp() * 1000))

    assert f"{START:%Y-%m-%d}" in finding.title
    assert at(1e30) == at(-1.0) == []


def test_a_number_too_large_for_a_series_is_left_out() -> None:
    point = {"timeUnixNano": "1764061200000000000", "asInt": 10**400}
    metric = {"name": "x", "gauge": {"dataPoints": [point]}}
    document = {"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]}

    assert list(read_all(Form.JSON, Source("m1", "x.json"), document)) == []


def day_by_day(days: int, spoilt: float = 1.0) -> Metrics:
    """A request duration each quarter of an hour that rises and falls with the hours; the last half day is `spoilt`."""
    count = 96 * days
    wave = [100 - 60 * cos(2 * pi * at / 96) for at in range(count)]
    values = [value * (spoilt if at >= count - 48 else 1.0) for at, value in enumerate(wave)]
    rows = [[START.timestamp() + 900 * at, str(value)] for at, value in enumerate(values)]
    document = {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": LATENCY, "values": rows}]}}
    (given,) = read_all(Form.JSON, Source("m1", "x.json"), document)
    assert isinstance(given, Metrics)
    return given


def test_a_wave_of_the_day_is_no_finding_and_like_hours_are_compared_where_they_are_there() -> None:
    half = Metrics("m1", tuple(replace(one, at=one.at[:48], values=one.values[:48]) for one in day_by_day(1).series))

    assert states("OBS09", half) == {State.NOT_EVALUATED}
    assert states("OBS09", day_by_day(3)) == {State.PASS}


def test_what_is_slower_than_at_the_same_hours_before_is_told() -> None:
    deployed = deploy(15 * (96 * 3 - 48) - 1)

    (finding,) = found("OBS09", day_by_day(3, spoilt=3.0), deployed)

    assert finding.state is State.WARN
    assert "(3.00x)" in finding.title


def test_a_change_shortly_before_the_step_of_a_series_is_told_with_its_base_rate() -> None:
    listed = flags((50, "old"), (59, "new-tax"), (90 * 60, "later"))
    (finding,) = found("OBS10", metrics((ERRORS, [2.0, 3.0] * 30 + [90.0, 91.0] * 30)), listed)

    assert finding.state is State.WARN
    assert finding.title.startswith("flag old 10 min before, flag new-tax 1 min before the step of billing")
    assert "Correlated, not proven. Base rate: 2 of 90 hours" in finding.title


def test_no_step_in_the_metrics_tells_no_onset() -> None:
    (finding,) = found("OBS10", metrics((ERRORS, [2.0, 2.1] * 60)), flags((50, "old")))

    assert finding.state is State.NOT_EVALUATED
