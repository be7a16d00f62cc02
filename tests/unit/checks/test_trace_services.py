import pytest
from tests.evidence import found, states
from tests.spans import span, traced

from sevline.core.finding import State


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
