"""The unit of a duration is what its value or its field says, or what all its bare values together tell."""

import json
from collections.abc import Mapping

import pytest

from sevline.core.finding import Given, State
from sevline.core.readers.durations import factor_of, millis
from sevline.core.readers.http import AccessLog
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.reader import Form, Source, read_all
from tests import foreign
from tests.evidence import found

#: What requests of a healthy service take, in milliseconds.
USUAL = [40 + number % 70 for number in range(60)]


def log(*members: Mapping[str, object]) -> list[Given]:
    request = {"level": "INFO", "msg": "request", "method": "GET", "path": "/a", "status": 200}
    lines = [json.dumps({"time": f"2026-11-25T12:00:{at:02}Z", **request, **one}) for at, one in enumerate(members)]
    return list(read_all(Form.LINES, Source("a1", "app.log"), lines))


def took(*members: Mapping[str, object]) -> list[float | None]:
    (calls,) = (one for one in log(*members) if isinstance(one, AccessLog))
    return [call.millis for call in calls.exchanges]


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        ("153.2ms", "latency", 153.2),
        ("153.2µs", "latency", 0.1532),
        ("900ns", "elapsed", 0.0009),
        ("1m2.5s", "duration", 62_500),
        ("1h0m0s", "duration", 3_600_000),
        ("0.03s", "latency", 30),
        ("153200000", "duration_ns", 153.2),
        ("153200000", "durationNanos", 153.2),
        ("153200", "elapsed_us", 153.2),
        ("153", "latencyMs", 153),
        ("1.5", "took_seconds", 1500),
        ("0,42", "response_time", 420),
    ],
)
def test_the_value_or_else_the_name_says_the_unit(value: str, field: str, expected: float) -> None:
    assert millis(value, field) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "factor"),
    [
        ([f"{one}" for one in USUAL], 1.0),
        ([f"{one * 1_000_000 + 734}" for one in USUAL], 1e-6),
        ([f"{one / 1000}" for one in USUAL], 1e3),
        ([f"{one / 10}" for one in USUAL] + ["450.5"], 1.0),
        (["30000", "30001", "30004"], 1.0),
        ([f"{one * 60}" for one in USUAL] + ["12", "48", "31", "9"], 1.0),
        ([f"{one / 30}" for one in USUAL] + ["0.012", "0.048", "0.031", "0.009"], 1e3),
    ],
    ids=[
        "milliseconds",
        "nanoseconds",
        "seconds",
        "fractions of milliseconds",
        "a time limit",
        "milliseconds of a slow service",
        "seconds of a slow service",
    ],
)
def test_all_bare_values_of_a_field_together_tell_their_unit(values: list[str], factor: float) -> None:
    assert factor_of("duration", values) == factor


@pytest.mark.parametrize(
    "values",
    [
        [f"{one * 4_000}" for one in USUAL],
        [f"{one * 600}" for one in USUAL] + ["812000"],
        ["12.5", "58.33", "40.43"],
        [f"{one * 20}" for one in USUAL],
        [f"{one / 20}" for one in USUAL],
    ],
    ids=[
        "minutes or microseconds",
        "a time that no limit ends",
        "seconds or milliseconds",
        "a slow service or microseconds of a quick one",
        "a slow service or milliseconds of a quick one",
    ],
)
def test_values_that_fit_several_units_tell_none(values: list[str]) -> None:
    assert factor_of("duration", values) is None


def test_what_a_server_is_known_to_count_in_seconds_is_in_seconds_however_long_it_took() -> None:
    assert factor_of("request_time", ["60.001", "59.998", "60.002"]) == 1e3


def test_nanoseconds_of_a_program_in_go_are_read_and_said_once() -> None:
    evidence = log(*({"duration": one * 1_000_000} for one in USUAL))

    (durations,) = (one for one in evidence if isinstance(one, Latencies))
    (finding,) = found("TAB01", *evidence)
    assert durations.took.max() == 99
    assert finding.title == "“duration” names no unit and was read as nanoseconds, half of them up to 70 ms."


def test_the_duration_of_an_event_in_elastics_schema_is_in_nanoseconds() -> None:
    schema = {"http": {"request": {"method": "GET"}, "response": {"status_code": 200}}, "url": {"path": "/a"}}
    evidence = log(*({**schema, "event": {"duration": one * 1_000}} for one in USUAL))

    (finding,) = found("TAB01", *evidence)
    assert set(took(*[{"event.duration": 64_000_000}] * 10)) == {64.0}
    assert finding.title == "“event_duration” names no unit and was read as nanoseconds, half of them up to 0.07 ms."
    assert set(took(*[{"event": {"duration": 45}}] * 10)) == {45}


def test_a_text_for_people_beside_the_number_says_what_it_is() -> None:
    assert set(took(*[{"latency": 153_200_000, "latency_human": "153.2ms"}] * 10)) == {153.2}


def test_a_program_that_is_known_by_its_other_members_needs_no_unit() -> None:
    lograge = {"controller": "A", "action": "index", "duration": 58.33, "view": 40.43, "db": 15.26}

    assert set(took(*[lograge] * 10)) == {58.33}


def test_where_the_unit_cannot_be_told_no_duration_is_read_and_it_is_asked_for() -> None:
    evidence = log(*({"elapsed": one * 4_000} for one in USUAL))

    (asked,) = found("TAB01", *evidence)
    assert [one for one in evidence if isinstance(one, Latencies)] == []
    assert (asked.state, asked.missing) == (State.NOT_EVALUATED, ("the unit of “elapsed”",))
    assert "280 s in milliseconds or 280 ms in microseconds or 0.28 ms in nanoseconds" in asked.title


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("duration=1m2.5s", 62_500),
        ("duration_ns=153200000", 153.2),
        ("elapsed_us=153200", 153.2),
        ("duration=153200000", 153.2),
        ("controller=A action=index duration=58.33 view=40.43", 58.33),
    ],
)
def test_fields_of_a_line_are_read_alike(written: str, expected: float) -> None:
    line = f"time=2026-11-25T12:00:01Z level=INFO msg=request method=GET path=/a status=200 {written}"
    evidence = read_all(Form.LINES, Source("a1", "app.log"), [line] * 10)

    (calls,) = (one for one in evidence if isinstance(one, AccessLog))
    assert calls.exchanges[0].millis == pytest.approx(expected)


def test_a_column_in_nanoseconds_is_read_and_one_of_an_unsure_unit_is_asked_about() -> None:
    def rows(times: int) -> list[Given]:
        lines = (f"2026-11-25T12:00:{at:02}Z,/a,200,{one * times}" for at, one in enumerate(USUAL))
        return foreign.text(foreign.table("time,path,status,duration", *lines), name="log.csv")

    assert foreign.only(Latencies, rows(1_000_000)).took.max() == 99
    (asked,) = found("TAB01", *rows(4_000))
    assert asked.state is State.NOT_EVALUATED
