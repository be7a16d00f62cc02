"""Amounts in billing files: found by column and by form in each way of writing a table, and equal where they are."""

import json
from decimal import Decimal
from hashlib import sha256

import pytest
from tests.unit.bench.examining import examined

from sevline.bench.amounts import is_amount, is_money, masked_amounts, plain_number

HEAD = "event_id,event_type,amount_cents,currency,idempotency_key,created_at,sequence,invoice_id,note"

LETTERS = str.maketrans("0123456789", "abcdefabcd")


def tokens(text: str) -> tuple[str, list[str]]:
    """The masked text and the amounts that were found, as plain numbers."""
    found: list[str] = []

    def token(value: str) -> str:
        found.append(value)
        digest = sha256(value.encode()).hexdigest()[:16]
        return f"<AMOUNT-{digest.translate(LETTERS)}>"  # without digits, which could be an amount by chance

    return masked_amounts(text, token)[0], found


WRITTEN = {
    "a table": ("id,amount,at\n1,19.99,09:00\n2,-5,10:00\n", ["19.99", "-5"]),
    "quoted cells and semicolons": ('id;"Total due";currency\n1;"1.299,50";EUR\n', ["1299.5"]),
    "a list in JSON": ('[{"id": "1", "amount": 1999, "tax": {"net_amount": "16.80"}}]', ["1999", "16.8"]),
    "several in one member": ('{"id": "9", "amounts": [10, 20.5]}', ["10", "20.5"]),
    "JSON lines": ('{"id":"1","amount":5}\n{"id":"2","amount":5.00}\n', ["5", "5"]),
    "what psql prints": (" id | amount | n\n----+--------+---\n  1 |  19.99 | 2\n", ["19.99"]),
    "what mysql prints": ("+----+--------+\n| id | price  |\n+----+--------+\n|  1 | 19.99  |\n", ["19.99"]),
    "a dump of inserts": ("INSERT INTO billing (id, amount) VALUES ('e1', 19.99), ('e2', '20.00');", ["19.99", "20"]),
    "a dump of inserts without columns": (
        "CREATE TABLE `billing` (\n  `id` varchar(9) NOT NULL,\n  `amount` decimal(9,2),\n  PRIMARY KEY (`id`)\n);\n"
        + "-- \n" * 3_000
        + "INSERT INTO `billing` VALUES ('e1',19.99),('e2',20.00);\n",
        ["19.99", "20"],
    ),
    "a copied table": ("COPY billing (id, amount) FROM stdin;\ne1\t19.99\n\\.\n", ["19.99"]),
    "a sum in a remark": ("id,amount,note\n1,5,refund of EUR 12.50 and 7 USD\n", ["5", "12.5", "7"]),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_amounts_are_found_however_the_table_is_written(name: str) -> None:
    text, amounts = WRITTEN[name]

    masked, found = tokens(text)

    assert sorted(found) == sorted(amounts)
    assert all(amount not in masked for amount in amounts if Decimal(amount) > 9)


def test_what_stands_beside_an_amount_stays_to_the_letter() -> None:
    text = "id,amount,quantity,tax_id,at\nevt_1,19.99,3,778812,2026-03-02T09:00:00Z\n"

    assert tokens(text)[0].replace(tokens("id,amount\n1,19.99\n")[0].split(",")[-1].strip(), "19.99") == text


def test_json_stays_json() -> None:
    masked, _ = tokens('{"events": [{"id": "1", "amount": 1999, "amounts": [1, 2]}]}')

    assert json.loads(masked)["events"][0]["id"] == "1"


@pytest.mark.parametrize(
    ("one", "same"), [("12.50", "12.5"), ("1,299.50", "1.299,5"), ("EUR 7", "7.00"), ("(5.00)", "-5"), ("1e3", "1000")]
)
def test_the_same_amount_written_differently_is_equal(one: str, same: str) -> None:
    assert plain_number(one) == plain_number(same)


@pytest.mark.parametrize(
    "name", ["amount", "amount_cents", "totalPrice", "Net amount", "invoice.amount_due", "unit-price"]
)
def test_names_of_money(name: str) -> None:
    assert is_money(name)


@pytest.mark.parametrize(
    "name", ["tax_id", "charge_id", "total_count", "payment_status", "quantity", "sequence", "discount_rate"]
)
def test_names_that_only_speak_of_money(name: str) -> None:
    assert not is_money(name)


@pytest.mark.parametrize("value", ["", "n/a", "2026-03-02", "evt_19", "<AMOUNT-0123456789abcdef>", "v1.2.3.4"])
def test_values_that_are_no_amount(value: str) -> None:
    assert not is_amount(value)


def billing(amount: int) -> bytes:
    rows = [
        f"be_{n},invoice.paid,{amount + n},EUR,key_{n},2026-03-02T09:{n:02}:00Z,{n},inv_{n},due EUR {amount}.50"
        for n in range(20)
    ]
    return "\n".join((HEAD, *rows, "")).encode()


def test_no_amount_of_a_billing_file_is_left_in_what_is_kept_and_equal_ones_are_equal() -> None:
    examination, stored = examined(("made.csv", billing(77_001)), ("received.csv", billing(77_001)))

    text = b"".join(stored.values()).decode()
    first, second = (data.decode().splitlines()[1].split(",")[2] for data in stored.values())
    assert "7700" not in text
    assert "7700" not in repr(examination)
    assert first == second
    assert first.startswith("<AMOUNT-")
    assert examination.redactions.counts["amount"] == 80


def test_amounts_in_files_of_another_kind_stay() -> None:
    _, stored = examined(
        ("orders.csv", b"order_id,tenant_id,quantity,price,updated_at\n1,7,2,77001,2026-03-02T09:00:00Z\n" * 3)
    )

    assert "77001" in b"".join(stored.values()).decode()
