"""Lists of customers: every heading that people use, and a sentence for what is no list."""

import pytest

from sevline.core.customerlist import COLUMNS, ListedCustomer, as_csv, read_customers
from sevline.core.lifecycle import Refused


def rows(text: str) -> list[ListedCustomer]:
    return [row for _, row in read_customers(text.encode())]


def test_a_list_that_was_printed_is_read_again_as_it_was() -> None:
    listed = [
        ListedCustomer(
            "Halden Clinics", "halden-clinics", "enterprise", "EU", "900", "Europe/Oslo", "en", "Live", "t_12"
        ),
        ListedCustomer("=HYPERLINK(1)", "odd"),
    ]

    printed = as_csv(listed)

    assert printed.splitlines()[0] == ",".join(COLUMNS)
    assert "\n'=HYPERLINK" in printed
    assert rows(printed) == listed


@pytest.mark.parametrize(
    "text",
    [
        "customer,tenant\nHalden,t_1\n",
        "\ufeffAccount;Tenant ID\r\nHalden;t_1\r\n",
        "Company\tTenant-id\tColour\n Halden \tt_1\tred\n\n",
    ],
)
def test_headings_marks_and_empty_lines_are_read_as_spreadsheets_write_them(text: str) -> None:
    assert rows(text) == [ListedCustomer("Halden", tenant="t_1")]


def test_a_row_is_named_by_its_line() -> None:
    assert [number for number, _ in read_customers(b"customer\nA\n\nB\n")] == [2, 4]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The list is empty."),
        (b" \n ", "The list is empty."),
        ("customer\nÄrzte".encode("utf-16"), "not UTF-8 text"),
        (b"name of it,tenant\nA,t\n", "No column is called “customer”"),
        (b"customer,account\nA,B\n", "Two columns mean the same"),
        (b'customer\n"A"b"\n', "Line 2 is no CSV"),
        (b"customer\n" + b"A\n" * 20_001, "at most 20,000 rows"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        list(read_customers(data))
