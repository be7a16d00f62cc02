import pytest
from tests.evidence import found, states
from tests.spans import span, traced, traced_by_jaeger

from sevline.core.finding import Finding, Given, State

ALL = ["OBS05", "OBS06", "OBS07", "OBS08"]
HEALTHY = (
    span("GET /cart", 0, 100),
    span("load", 10, 60, parent="GET /cart", service="db"),
    span("price", 60, 90, parent="GET /cart", service="prices"),
)


def one(check_id: str, evidence: tuple[Given, ...]) -> Finding:
    (finding,) = found(check_id, *evidence)
    return finding


@pytest.mark.parametrize("check_id", ALL)
def test_without_spans_it_is_said_how_to_get_them(check_id: str) -> None:
    assert one(check_id, ()).state is State.NOT_EVALUATED
    assert "OTLP" in one(check_id, ()).next_step


@pytest.mark.parametrize("check_id", ["OBS06", "OBS07", "OBS08"])
def test_a_healthy_trace_passes(check_id: str) -> None:
    assert states(check_id, *traced(*HEALTHY)) == {State.PASS}
    assert states(check_id, *traced_by_jaeger(*HEALTHY)) == {State.PASS}


def test_the_largest_share_of_the_critical_path_is_named() -> None:
    finding = one("OBS05", traced(*HEALTHY))

    assert finding.state is State.INFO
    assert finding.title == (
        "Trace t1 took 100.0 ms: 50 % is db: load itself; then prices: price 30 %; then shop: GET /cart 20 %."
    )


def test_a_trace_that_took_no_time_has_no_path_to_tell() -> None:
    assert found("OBS05", *traced(span("ping", 0, 0))) == []


def test_what_runs_beside_something_longer_is_not_on_the_critical_path() -> None:
    beside = span("cache", 12, 40, parent="GET /cart", service="cache")

    assert "cache" not in one("OBS05", traced(*HEALTHY, beside)).title


def test_errors_begin_in_the_deepest_span_that_failed() -> None:
    evidence = traced(
        span("GET /pay", 0, 100, error="502"),
        span("charge", 10, 90, parent="GET /pay", service="pay", error="upstream"),
        span("insert", 20, 80, parent="charge", service="db", error="deadlock detected"),
    )

    finding = one("OBS06", evidence)

    assert finding.title == "Errors begin in db: insert, once in 1 trace that failed: deadlock detected."
    assert finding.evidence[0].locator == "/resourceSpans/2/scopeSpans/0/spans/0/status"


def test_an_error_flag_of_jaeger_counts_and_is_cited() -> None:
    finding = one(
        "OBS06", traced_by_jaeger(span("GET /pay", 0, 100), span("charge", 1, 9, parent="GET /pay", error="x"))
    )

    assert finding.state is State.FAIL
    assert finding.evidence[0].locator == "/data/0/spans/1/tags/0"


def test_a_parent_that_is_not_there_is_a_gap_before_that_service() -> None:
    finding = one("OBS07", traced(*HEALTHY, span("ship", 5, 9, parent="gone", service="stock")))

    assert finding.title == "The caller of stock is missing in 1 trace: 1 span names a parent that is not there."


def test_a_child_before_its_parent_shows_by_how_much_the_clocks_differ() -> None:
    finding = one("OBS08", traced(span("call", 1000, 1100), span("serve", 400, 480, parent="call", service="pay")))

    assert finding.state is State.WARN
    assert "The clock of pay is at least 600.0 ms behind the clock of shop" in finding.title


def test_a_child_that_ends_after_its_parent_is_only_noted() -> None:
    finding = one("OBS08", traced(span("call", 0, 100), span("mail", 50, 400, parent="call", service="mail")))

    assert finding.state is State.INFO
    assert "by up to 300.0 ms" in finding.title


def test_spans_that_are_each_others_parents_do_not_end_in_a_loop() -> None:
    evidence = traced(span("a", 0, 10, parent="b"), span("b", 0, 10, parent="a"))

    assert {finding.state for check_id in ALL for finding in found(check_id, *evidence)} <= {State.INFO, State.PASS}


def test_a_consumer_that_takes_up_a_message_later_speaks_of_the_queue_and_of_no_clock() -> None:
    sent = span("publish", 10, 20, parent="GET /cart", **{"span.kind": "producer"})
    taken = span("process", 400, 500, parent="publish", service="mailer", **{"span.kind": "consumer"})

    finding = one("OBS08", traced_by_jaeger(*HEALTHY, sent, taken))

    assert finding.state is State.INFO
    assert "mailer takes up what shop had sent, up to 380.0 ms after it ended (1 span)" in finding.title


def test_a_consumer_that_begins_before_its_message_was_sent_has_another_clock() -> None:
    early = span("process", -900, 30, parent="GET /cart", service="mailer", **{"span.kind": "consumer"})

    assert one("OBS08", traced_by_jaeger(*HEALTHY, early)).state is State.WARN


def test_attempts_of_one_operation_count_as_one_with_their_number() -> None:
    tries = [
        span(f"charge {number}", 10 + 30 * number, 38 + 30 * number, parent="GET /pay", service="pay")
        for number in range(3)
    ]
    evidence = traced(span("GET /pay", 0, 100), *(one | {"name": "charge", "id": one["name"]} for one in tries))

    assert one("OBS05", evidence).title == (
        "Trace t1 took 100.0 ms: 84 % is pay: charge, called 3 times, itself; then shop: GET /pay 16 %."
    )
