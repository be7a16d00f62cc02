from datetime import timedelta

import pytest
from tests import foreign
from tests.evidence import START, found, states

from sevline.core.finding import Given, State

HEAD = "event_id,event_type,amount_cents,currency,idempotency_key,created_at,sequence,invoice_id"


def rows(count: int, *, skip: frozenset[int] = frozenset(), amount: int = 1_999) -> list[str]:
    return [
        f"be_{n},invoice.paid,{amount + n},EUR,key_{n},{(START + timedelta(minutes=n)).isoformat()},{n},inv_{n // 2}"
        for n in range(count)
        if n not in skip
    ]


def made(*lines: str, side: str) -> list[Given]:
    return foreign.text(foreign.table(HEAD, *lines), name=f"{side}.csv", role=f"billing_{side}")


def test_of_1_000_events_3_missing_and_5_doubled_are_counted_exactly() -> None:
    expected = made(*rows(1_000), side="expected")
    received = made(*rows(1_000, skip=frozenset({10, 500, 999})), *rows(1_000)[100:105], side="received")

    (missing,) = found("BILL01", *expected, *received)
    (doubled,) = found("BILL02", *received)

    assert missing.title == "3 of 1,000 expected billing events were not received."
    assert [each.observed for each in missing.evidence] == [
        "be_10 (invoice.paid)",
        "be_500 (invoice.paid)",
        "be_999 (invoice.paid)",
    ]
    assert doubled.title == "5 billing events were received twice."


def test_equal_lists_pass() -> None:
    both = [*made(*rows(20), side="expected"), *made(*rows(20), side="received")]

    assert {states(check_id, *both).pop() for check_id in ("BILL01", "BILL02", "BILL04")} == {State.PASS}
    assert states("BILL03", *both) == set()


def test_events_out_of_sequence_are_named() -> None:
    one, two = rows(2)

    (finding,) = found("BILL03", *made(two, one, side="received"))

    assert finding.title == "1 billing event came out of sequence."


def test_another_amount_is_told_and_no_amount_is_shown() -> None:
    both = [*made(*rows(3), side="expected"), *made(*rows(3, amount=77_001), side="received")]

    (finding,) = found("BILL04", *both)

    assert finding.title == "3 billing events have another amount or type on the other side."
    assert "1999" not in repr(found("BILL04", *both) + found("BILL01", *both))
    assert "77001" not in repr(both)


def test_a_reused_idempotency_key_is_a_fault() -> None:
    reused = rows(2)[1].replace("key_1", "key_0")

    (finding,) = found("BILL02", *made(rows(1)[0], reused, side="received"))

    assert "carries an idempotency key that another event has used" in finding.title


def test_without_lists_they_say_how_to_name_them() -> None:
    for check_id in ("BILL01", "BILL02", "BILL03", "BILL04"):
        (finding,) = found(check_id)
        assert finding.state is State.NOT_EVALUATED
        assert "--as billing_expected=made.csv" in finding.next_step


def in_cents(column: str, factor: int = 100, currency: str = "EUR", begin: int = 1) -> tuple[list[Given], list[Given]]:
    """The events of `begin` to 4, in whole units on one side, and `factor` times as large under `column`."""
    head = "event_id,event_type,{},currency,idempotency_key"
    told = [f"b{n},paid,{n}.00,{currency},k{n}" for n in range(begin, 5)]
    other = [f"b{n},paid,{n * factor},{currency},k{n}" for n in range(begin, 5)]
    expected = foreign.text(foreign.table(head.format("amount"), *told), name="expected.csv", role="billing_expected")
    received = foreign.text(foreign.table(head.format(column), *other), name="received.csv", role="billing_received")
    return expected, received


@pytest.mark.parametrize(
    ("column", "factor", "currency"),
    [
        ("amount_cents", 100, "EUR"),
        ("amount_minor", 100, "USD"),
        ("amount_minor", 1, "JPY"),
        ("amount_minor", 1_000, "KWD"),
    ],
)
def test_minor_units_that_a_column_names_are_the_same_amount(column: str, factor: int, currency: str) -> None:
    expected, received = in_cents(column, factor, currency)

    assert states("BILL04", *expected, *received) == {State.PASS}


def test_nothing_is_nothing_in_every_unit() -> None:
    expected, received = in_cents("amount", begin=0)

    assert states("BILL04", *expected, *received) == {State.WARN}


def test_amounts_that_are_all_a_hundred_times_as_large_are_one_warning_of_units() -> None:
    expected, received = in_cents("amount")

    (finding,) = found("BILL04", *expected, *received)

    assert finding.state is State.WARN
    assert finding.title.startswith("All 4 amounts are 100 times as large on one side")
