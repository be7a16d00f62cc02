"""Tables in CSV: what a column holds is said by its name, in a table of any size."""

import pytest

from sevline.core.redaction import Mode
from sevline.core.redaction.structure import csv_values
from tests.unit.redaction.looking import REDACTOR

SECRETS = [f"Geheim{number}q" + "7x" for number in range(40)]
TABLE = "id,note,Passwort,mobile\n" + "".join(
    f'{number},"fine, ""so""\nit goes {number}",{secret},0171 55509{number:02d}\n'
    for number, secret in enumerate(SECRETS)
)


@pytest.mark.parametrize("cell_by_cell", [2_000_000, 1, 100, 700], ids=["small", "a row", "some rows", "many rows"])
def test_a_column_named_as_a_secret_or_a_telephone_is_masked_in_every_row(
    cell_by_cell: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_values, "CELL_BY_CELL", cell_by_cell)

    masked = REDACTOR.document(Mode.CSV, TABLE.encode()).data.decode()

    assert [secret for secret in SECRETS if secret in masked] == []
    assert "55509" not in masked
    assert masked.startswith('id,note,Passwort,mobile\n0,"fine, ""so""\nit goes 0",<')
    assert REDACTOR.document(Mode.CSV, masked.encode()).data.decode() == masked


def test_a_large_table_without_telling_columns_is_read_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_values, "CELL_BY_CELL", 10)
    table = "id;amount;state\n1;2.50;open\n2;3.00;closed\n"

    assert REDACTOR.document(Mode.CSV, table.encode()).data.decode() == table


@pytest.mark.parametrize("cell_by_cell", [2_000_000, 1])
def test_in_a_table_of_settings_the_name_in_the_row_says_what_the_value_is(
    cell_by_cell: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_values, "CELL_BY_CELL", cell_by_cell)
    table = f"name,value,scope\nDB_PASSWORD,{SECRETS[0]},prod\nMODE,fast,prod\n"

    masked = REDACTOR.document(Mode.CSV, table.encode()).data.decode()

    assert SECRETS[0] not in masked
    assert masked.startswith("name,value,scope\nDB_PASSWORD,<SECRET-")
    assert masked.endswith(">,prod\nMODE,fast,prod\n")


@pytest.mark.parametrize(
    "cell", ['"Ge""heim7q"', '"Geheim7q\nzweite8Zeile"', 'Ge\\heim"7q', '"Ge""""heim7q"'], ids=repr
)
@pytest.mark.parametrize("cell_by_cell", [2_000_000, 1])
def test_a_secret_with_a_quotation_mark_or_a_line_end_in_it_is_masked_whole(
    cell_by_cell: int, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_values, "CELL_BY_CELL", cell_by_cell)

    masked = REDACTOR.document(Mode.CSV, f"id,password,note\n1,{cell},fine\n".encode())

    text = masked.data.decode()
    assert "heim" not in text
    assert "zweite" not in text
    assert text.endswith(",fine\n")
    assert masked.counts["secret"] >= 1
    assert REDACTOR.document(Mode.CSV, masked.data).data == masked.data


def test_a_note_with_quotation_marks_and_line_ends_stays() -> None:
    table = 'id,note\n1,"say ""so""\nand go"\n'

    assert REDACTOR.document(Mode.CSV, table.encode()).data.decode() == table
