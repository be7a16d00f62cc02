"""Telephone numbers as people write them within their country, in sentences and lists."""

import pytest

from tests.unit.redaction.looking import left_of


@pytest.mark.parametrize(
    "number",
    [
        "0161 496 0345", "020 7946 0958", "07911 123456", "0412 345 678",
        "0711 / 2345-678", "0171 5550998", "0160 9876 5432", "0151/12345678", "(0 89) 12 34 56 78",
        "044 555 12 34", "0532 987 65 43", "04 72 00 11 22", "03-5555-0123", "08-555 123 45", "06-12345678",
    ],
)  # fmt: skip
def test_a_number_in_the_groups_of_some_country_goes(number: str) -> None:
    assert left_of(f"back on {number} before noon") == "back on <PHONE> before noon"
    assert left_of(f"TR,{number},mobile") == "TR,<PHONE>,mobile"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("llámame al 612 345 678", "llámame al <PHONE>"),
        ("appelez-moi au 0472001122", "appelez-moi au <PHONE>"),
        ("bel me op 0612345678", "bel me op <PHONE>"),
        ("erreichen Sie mich unter 0221 4711 0", "erreichen Sie mich unter <PHONE>"),
        ("my new number is 601 987 654", "my new number is <PHONE>"),
        ("+61 2 9876 5432 or 0412345678", "<PHONE> or <PHONE>"),
        ("416-555-0199 x204", "<PHONE> x<PHONE>"),
        ("Kontakt: Durchwahl 118", "Kontakt: Durchwahl <PHONE>"),
        ("Telefon 02303 / 4711-28, Telefax 02303 / 4711-99", "Telefon <PHONE>, Telefax <PHONE>"),
        ('{"caller":"491512223334"}', '{"caller":"<PHONE>"}'),
    ],
)
def test_a_number_goes_behind_what_calls_for_it_and_beside_another_one(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Bestellnummer 0711-2345, Artikel 514600, Stand 03/2026",
        "The job took 4120 345 ms, order 2026-555-0199",
        "3f 04 72 00 11 22 33 44",
        "0000 04 72 00 11 22 33 44 55",
        "version 01.02.03.04.05",
        "call 20260311 done; call 12345678 items; dial 112",
        "2026-03-04 08:00:12 to 2026-03-05 09:10:11",
        "id 0123-4567-8901-2345",
    ],
)
def test_other_numbers_with_a_nought_stay(text: str) -> None:
    assert left_of(text) == text
