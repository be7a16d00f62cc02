import json
from datetime import timedelta

import pytest
from tests import foreign
from tests.evidence import found, states
from tests.generators.deliveries import START, history

from sevline.core.finding import Confidence, Given, State

HEAD = (
    "event_id,attempt,attempted_at,event_time,status_code,duration_ms,endpoint,tenant_id,error,"
    "payload_size,content_type,seq"
)


def row(event: str, at: float = 0.0, **told: object) -> str:
    values = {
        "attempt": 1,
        "status_code": 200,
        "duration_ms": 50,
        "endpoint": "https://h.example/in",
        "tenant_id": "t1",
    } | told
    moment = (START + timedelta(seconds=at)).isoformat()
    return ",".join(
        str({"event_id": event, "attempted_at": moment, **values}.get(name, "")) for name in HEAD.split(",")
    )


def log(*rows: str) -> list[Given]:
    return foreign.text(foreign.table(HEAD, *rows), name="deliveries.csv")


@pytest.mark.requirement("R-055")
def test_of_10_000_events_37_lost_and_142_twice_are_counted_exactly() -> None:
    made = history(10_000, lost=37, doubled=142, retried=60, seed=5)
    evidence = foreign.text(made.csv(), name="deliveries.csv")

    (twice,) = found("WH09", *evidence)
    (lost,) = found("WH06", *evidence)

    assert twice.title.startswith("142 event ids were delivered more than once")
    assert lost.title.startswith("37 of 10000 events were lost")
    assert {each.observed.split(",")[0] for each in lost.evidence} == {"attempt 5 failed"}


def test_a_history_without_repeats_passes() -> None:
    assert states("WH09", *foreign.text(history(50, retried=4).csv())) == {State.PASS}


def test_an_event_that_arrives_after_a_younger_one_is_out_of_order() -> None:
    younger = row("e2", 10, event_time=(START + timedelta(seconds=5)).isoformat())
    older = row("e1", 20, event_time=START.isoformat(), attempt=2)

    (finding,) = found("WH10", *log(younger, older))

    assert finding.state is State.WARN
    assert "1 of 2 deliveries came out of order; 1 of them after a retry" in finding.title
    assert states("WH10", *log(row("e1", 1, seq=1), row("e2", 2, seq=2))) == {State.PASS}
    assert states("WH10", *log(row("e1"), row("e2", 1))) == {State.NOT_EVALUATED}


def test_emitted_events_without_a_delivery_are_counted_by_tenant_and_hour() -> None:
    emitted = foreign.text(
        foreign.table(
            "event_id,created_at,tenant_id,event_type",
            *(f"e{n},{START.isoformat()},t{n % 2},order.paid" for n in range(6)),
        ),
        name="emitted.csv",
    )

    (finding,) = found("WH11", *log(row("e0"), row("e1"), row("e2", status_code=500)), *emitted)

    assert finding.state is State.FAIL
    assert finding.title.startswith("4 of 6 emitted events were not delivered, 3 of them were never tried.")
    assert "Most of them, 4, in the hour from 2026-03-02T09:00Z" in finding.title


def test_a_gap_in_sequence_numbers_is_a_gap_and_without_either_nothing_can_be_told() -> None:
    (finding,) = found("WH11", *log(row("e1", 1, seq=1), row("e4", 2, seq=4)))
    (asked,) = found("WH11", *log(row("e1")))

    assert finding.title.startswith("2 sequence numbers are missing for t1")
    assert states("WH11", *log(row("e1", 1, seq=1), row("e2", 2, seq=2))) == set()
    assert asked.missing == ("the list of events that the application emitted",)


def test_a_receiver_near_the_senders_timeout_is_slow() -> None:
    slow = log(*(row(f"e{n}", n, duration_ms=9_900 + n) for n in range(10)))
    quick = log(*(row(f"e{n}", n, duration_ms=90 + n) for n in range(10)))

    (finding,) = found("WH12", *slow)

    assert finding.state is State.FAIL
    assert "near the sender's timeout of 10 s" in finding.title
    assert "answer 2xx at once" in finding.next_step
    assert states("WH12", *quick) == {State.PASS}


def test_a_slow_receiver_is_not_called_quick_where_the_senders_timeout_is_not_told() -> None:
    (finding,) = found("WH12", *log(*(row(f"e{n}", n, duration_ms=8_000 + n * 300) for n in range(10))))

    assert (finding.state, finding.confidence) == (State.WARN, Confidence.HINT)
    assert "timeout is not told" in finding.title


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        ("getaddrinfo ENOTFOUND hooks.example.com", "the name does not resolve"),
        ("x509: certificate has expired", "TLS fails"),
        ("connect ECONNREFUSED", "the port refuses connections"),
        ("request timed out", "nothing answers in time"),
    ],
)
def test_a_delivery_that_fails_before_http_names_the_layer(error: str, meaning: str) -> None:
    (finding,) = found("WH13", *log(row("e1", status_code="", error=error)))

    assert finding.state is State.FAIL
    assert meaning in finding.title
    assert "NET0" in finding.next_step


def test_answers_with_a_status_are_no_network_failure() -> None:
    assert states("WH13", *log(row("e1", status_code=500, error="timeout in handler"))) == {State.PASS}


def test_large_payloads_redirects_and_content_types_are_named() -> None:
    large = row("e1", status_code=413, payload_size=3_000_000)
    moved, typed = row("e2", status_code=301), row("e3", status_code=415, content_type="text/plain")

    titles = [finding.title for finding in found("WH14", *log(large, moved, typed, row("e4", payload_size=900)))]

    assert titles[0].startswith("1 large payload failed, from 3,000,000 bytes on; the largest that arrived has 900")
    assert titles[1] == "1 delivery was refused for their content type (text/plain)."
    assert titles[2].startswith("1 delivery was answered with a redirect")
    assert states("WH14", *log(row("e4", payload_size=900))) == {State.INFO}


def test_each_of_these_checks_asks_for_the_delivery_log() -> None:
    for check_id in ("WH09", "WH10", "WH11", "WH12", "WH13", "WH14"):
        assert [finding.state for finding in found(check_id)] == [State.NOT_EVALUATED]


@pytest.mark.parametrize(
    "error",
    [
        "net/http: timeout awaiting response headers",
        "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
        "HTTPSConnectionPool(host='h.example'): Read timed out. (read timeout=30)",
        "HeadersTimeoutError: Headers Timeout Error",
        "no first byte within 30 s",
    ],
)
def test_an_answer_that_comes_too_late_is_no_fault_of_the_network(error: str) -> None:
    (finding,) = found("WH13", *log(row("e1"), row("e2", status_code="", duration_ms=30_000, error=error)))

    assert finding.state is State.PASS
    assert "of which some were not answered in time: name, connection and TLS held" in finding.title


@pytest.mark.parametrize(
    "error",
    [
        "dial tcp 192.0.2.7:443: i/o timeout (Client.Timeout exceeded while awaiting headers)",
        "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
    ],
)
def test_a_connection_that_was_never_made_is_a_fault_of_the_network_whatever_the_client_awaited(error: str) -> None:
    (finding,) = found("WH13", *log(row("e1"), row("e2", status_code="", duration_ms=30_000, error=error)))

    assert finding.state is State.FAIL
    assert "nothing answers in time" in finding.title


def test_events_that_were_emitted_are_known_by_the_name_of_their_time_alone() -> None:
    emitted = foreign.text(
        foreign.table("event_id,emitted_at", *(f"e{at},2026-03-02T09:{at:02}:00Z" for at in range(20)))
    )

    (finding,) = found("WH11", *log(*(row(f"e{at}", at * 60) for at in range(15))), *emitted)

    assert finding.state is State.FAIL
    assert finding.title.startswith("5 of 20 emitted events were not delivered")


def test_a_status_and_two_times_make_a_delivery_log_of_a_list_with_a_type() -> None:
    rows = [("m1", 1), ("m2", 2), ("m1", 9)]
    lines = [
        json.dumps({
            "webhookId": event, "type": "ticket.updated", "occurredAt": START.isoformat(),
            "deliveredAt": (START + timedelta(seconds=at)).isoformat(), "status": 200,
        })
        for event, at in rows
    ]  # fmt: skip

    (finding,) = found("WH09", *foreign.text("\n".join(lines), name="deliveries.jsonl"))

    assert finding.state is State.FAIL
