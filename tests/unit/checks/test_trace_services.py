import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence import START, found, states
from tests.spans import span, traced

from sevline.core.finding import State
from sevline.core.readers.logfacts import LogFacts
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.readers.servicelines import named_in


def many(version: str, good: int, bad: int) -> list[dict[str, object]]:
    return [
        span(f"GET {version} {number}", number, number + 5, trace=f"t{version}{number}", version=version, error=error)
        for number, error in enumerate(["boom"] * bad + [""] * good)
    ]


@pytest.mark.parametrize("check_id", ["OBS11", "OBS12", "OBS15"])
def test_without_spans_it_is_said_how_to_get_them(check_id: str) -> None:
    assert states(check_id) == {State.NOT_EVALUATED}


def test_a_version_that_fails_more_often_is_named_as_correlated() -> None:
    (finding,) = found("OBS11", *traced(*many("1.4", 60, 0), *many("1.5", 28, 12)))

    assert finding.state is State.WARN
    assert finding.title.startswith("shop: 12 of 40 spans failed in version 1.5, 0 of 60 in the others")
    assert finding.title.endswith("Correlated, not proven.")


def test_versions_that_fail_alike_pass_and_one_version_alone_leaves_it_open() -> None:
    assert states("OBS11", *traced(*many("1.4", 38, 2), *many("1.5", 38, 2))) == {State.PASS}
    assert states("OBS11", *traced(*many("1.4", 38, 2))) == {State.NOT_EVALUATED}


def test_the_service_that_failed_first_comes_first() -> None:
    evidence = traced(
        span("GET /", 0, 900, error="502"),
        span("charge", 10, 600, parent="GET /", service="pay", error="timeout"),
        span("insert", 20, 100, parent="charge", service="db", error="deadlock"),
    )

    (finding,) = found("OBS12", *evidence)

    assert finding.title == "db failed first; then pay after 500.0 ms, shop after 800.0 ms."


def test_traces_without_errors_have_no_cascade() -> None:
    assert states("OBS12", *traced(span("GET /", 0, 900))) == {State.PASS}


def test_what_spans_lack_becomes_a_request_to_their_owners() -> None:
    (finding,) = found("OBS15", *traced(span("GET /", 0, 9, version="", **{"http.method": "GET"})))

    assert finding.title == "Spans of shop lack: service.version in 1 of 1; the HTTP status in 1 of 1."
    assert finding.next_step == "Ask the owners of shop to record service.version, the HTTP status on each span."


def test_what_spans_of_many_services_lack_is_one_note() -> None:
    lacking = [span(f"GET /{number}", 0, 9, service=f"s{number}", **{"http.method": "GET"}) for number in range(5)]

    (finding,) = found("OBS15", *traced(*lacking))

    assert finding.title == (
        "Spans of s0 lack: the HTTP status in 1 of 1. Those of s1 lack: the HTTP status in 1 of 1. "
        "Those of s2 lack: the HTTP status in 1 of 1. 2 more services lack some."
    )
    assert finding.next_step == "Ask the owners of s0, s1, s2 and 2 more to record the HTTP status on each span."
    assert len(finding.evidence) == 3


def test_spans_that_carry_everything_pass() -> None:
    assert states("OBS15", *traced(span("GET /", 0, 9, **{"http.method": "GET", "http.status_code": "200"}))) == {
        State.PASS
    }


def logged(*lines: dict[str, object] | str) -> LogFacts:
    """A log of JSON records, or of lines as they are."""
    told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (given,) = (one for one in read_all(Form.LINES, Source("a2", "x.log"), told) if isinstance(one, LogFacts))
    return given


def record(
    after: float, service: str = "cart", version: str = "2.7", level: str = "info", **more: object
) -> dict[str, object]:
    at = (START + timedelta(seconds=after)).isoformat()
    return {"time": at, "level": level, "service": service, "version": version, "msg": "saved", **more}


def test_a_version_whose_lines_in_a_log_fail_more_often_is_named_with_one_of_them() -> None:
    lines = [record(n, version="2.8" if n % 2 else "2.7", level="error" if n % 6 == 1 else "info") for n in range(120)]

    (finding,) = found("OBS11", logged(*lines))

    assert finding.state is State.WARN
    assert finding.title.startswith("cart: 20 of 60 records failed in version 2.8, 0 of 60 in the others")
    assert finding.evidence[0].locator == "2:1"


def test_a_status_of_500_is_a_failure_and_the_nested_names_of_the_elastic_schema_are_read() -> None:
    def nested(n: int) -> dict[str, object]:
        service = {"name": "cart", "version": "2.8" if n % 2 else "2.7"}
        told = {"@timestamp": record(n)["time"], "log.level": "info", "message": "served", "service": service}
        return {**told, "http": {"status_code": 503 if n % 2 else 200}}

    lines = [nested(n) for n in range(60)]

    (finding,) = found("OBS11", logged(*lines))

    assert finding.title.startswith("cart: 30 of 30 records failed in version 2.8, 0 of 30 in the others")


def test_versions_named_by_the_fields_of_plain_lines_are_compared() -> None:
    lines = [
        f"{record(n)['time']} {'ERROR' if n % 2 else 'INFO'} service=cart version=2.{7 + n % 2} saved"
        for n in range(60)
    ]

    assert "30 of 30 records failed in version 2.8" in found("OBS11", logged(*lines))[0].title


@pytest.mark.parametrize("versions", [("2.7", "2.7"), ("HTTP/1.1", "HTTP/2"), tuple(f"5.{n}" for n in range(8))])
def test_one_version_protocols_and_the_versions_of_many_clients_are_not_compared(versions: tuple[str, ...]) -> None:
    lines = [record(n, version=versions[n % len(versions)], level="error" if n % 2 else "info") for n in range(160)]

    assert states("OBS11", logged(*lines)) == {State.NOT_EVALUATED}


def failing(service: str, since: float, until: float = 900) -> list[dict[str, object]]:
    return [record(at, service, level="error" if at >= since else "info") for at in range(0, int(until), 10)]


def in_order(*services: list[dict[str, object]]) -> LogFacts:
    return logged(*sorted((one for each in services for one in each), key=lambda one: str(one["time"])))


def test_the_service_whose_lines_began_to_fail_first_comes_first() -> None:
    read = in_order(failing("redis", 500), failing("api", 540), failing("web", 620), failing("mail", 2000))

    (finding,) = found("OBS12", read)

    assert finding.state is State.INFO
    assert finding.title == (
        "In the log redis began to fail first, at 2026-03-02T09:08:20Z; then api after 40 s, web after 120 s."
    )


def test_one_error_alone_and_a_service_that_always_fails_tell_no_order() -> None:
    once = [*failing("api", 2000), record(77, "api", level="error")]

    assert states("OBS12", in_order(failing("redis", 500), once, failing("noisy", 0))) == {State.NOT_EVALUATED}


@given(
    st.lists(
        st.one_of(
            st.text(),
            st.dictionaries(
                st.sampled_from(["service", "version", "status", "msg"]),
                st.one_of(
                    st.none(), st.integers(), st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.text())
                ),
            ).map(json.dumps),
        ),
        max_size=30,
    )
)
@settings(max_examples=40, deadline=None)
def test_no_line_makes_the_reading_of_services_fail(lines: list[str]) -> None:
    assert all(isinstance(one, str) for line in lines for one in named_in(line.encode("utf-8", "replace"))[:2])
