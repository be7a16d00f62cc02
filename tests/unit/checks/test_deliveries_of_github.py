"""GitHub's list of deliveries: seconds without a unit, and the reason in the outcome."""

from typing import Any

import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.core.finding import Given, State
from sevline.core.readers.deliveries import Deliveries
from sevline.core.readers.durations import factor_of


def sent(number: int, *, took: float, status: str, code: int) -> dict[str, Any]:
    told = {"id": 9_000 + number, "guid": f"g-{number}", "delivered_at": f"2026-11-20T10:{number:02d}:00Z"}
    named = {"redelivery": False, "duration": took, "status": status, "status_code": code, "event": "push"}
    return {**told, **named, "action": None, "installation_id": None, "repository_id": 7, "throttled_at": None}


def log(*, late: str, count: int = 40, took: float = 7.4) -> list[Given]:
    good = [sent(n, took=took + n % 5 / 10, status="OK", code=202) for n in range(count)]
    bad = [sent(count + n, took=10.01, status=late, code=0) for n in range(10)]
    return foreign.document(good + bad, name="deliveries.json")


def test_a_receiver_that_is_slower_than_the_sender_waits_is_named() -> None:
    evidence = log(late="timed out")

    (slow,), (answers,) = found("WH12", *evidence), found("WH04", *evidence)

    assert slow.state is State.FAIL
    assert "near the sender's timeout of 10 s" in slow.title
    assert "no answer at all (“timed out”)" in answers.title
    assert states("WH13", *evidence) == {State.PASS}


def test_a_connection_that_fails_is_told_by_the_outcome() -> None:
    (told,) = [one for one in found("WH13", *log(late="failed to connect to host: connection refused")) if one.evidence]

    assert told.state is State.FAIL
    assert "the port refuses connections" in told.title


def test_a_timeout_of_an_endpoint_that_answers_at_once_is_one_of_the_network() -> None:
    (told,) = found("WH13", *log(late="timed out", took=0.2))

    assert "nothing answers in time" in told.title


def test_an_outcome_of_one_word_is_no_error() -> None:
    attempts = foreign.only(Deliveries, log(late="failed")).attempts

    assert {each.error for each in attempts} == {""}


@pytest.mark.parametrize(
    ("values", "factor"),
    [
        (["6.5", "7.1", "8.3", "9.9", "10.01", "10.01", "10.02"], 1e3),
        (["6.5", "7.1", "8.3", "9.9", "10.01", "12.4", "10.02"], None),
        (["6.5", "7.1", "8.3", "10.01"], None),
        (["6.5", "x", ""], None),
    ],
)
def test_values_that_end_at_a_usual_limit_are_seconds(values: list[str], factor: float | None) -> None:
    assert factor_of("duration", values) == factor


def test_a_delivery_that_somebody_sent_again_is_no_double() -> None:
    rows = [sent(n, took=0.2, status="OK", code=200) for n in range(10)]
    again = {**sent(11, took=0.2, status="OK", code=200), "guid": "g-3"}

    by_hand = states("WH09", *foreign.document([*rows, {**again, "redelivery": True}], name="deliveries.json"))
    by_itself = states("WH09", *foreign.document([*rows, again], name="deliveries.json"))
    by_a_broker = states("WH09", *foreign.document([*rows, {**again, "redelivered": True}], name="deliveries.json"))

    assert by_hand == {State.INFO, State.PASS}
    assert by_itself == by_a_broker == {State.FAIL}
