"""Postal addresses in the forms of several countries, in letters, visiting cards and fields."""

import pytest

from tests.unit.redaction.looking import left_of


@pytest.mark.parametrize(
    "address",
    [
        "Am Alten Speicher 17a, 59425 Unna",
        "Große Bleiche 45, 55116 Mainz",
        "Karl-Liebig-Str. 14, 10243 Berlin",
        "C/ Alcalá 45, 28014 Madrid",
        "ul. Krótka 5/7, 00-238 Warszawa",
        "Rua das Pedras 22",
        "Runeberginkuja 12, 00100 Helsinki",
        "Malé náměstí 1, 110 00 Praha",
        "Nyhavn 17, 1051 København",
    ],
)
def test_an_address_goes_by_its_form(address: str) -> None:
    assert left_of(f"{address}\n") == "<ADDRESS>\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Lieferadresse: Rosenweg 3, 10115 Berlin", "Lieferadresse: <ADDRESS>"),
        ("ADR;TYPE=work:;;8 place Haute;Lyon;;69002;France", "ADR;TYPE=work:;;<ADDRESS>;France"),
        ("addr1=12 Acacia Ave&city=Leeds&postcode=LS1 4AP", "addr1=<ADDRESS>&city=<ADDRESS>&postcode=<ADDRESS>"),
        ("STRAS Ringstr. 8 PSTLZ 67059 ORT01 Ludwigshafen", "STRAS <ADDRESS> PSTLZ <ADDRESS> ORT01 <ADDRESS>"),
        ("birthPlace: Gdynia", "birthPlace: <ADDRESS>"),
        ("Ortrun Kasulke\nAm Wehr 4\n59425 Unna\n\nIhr Brief", "<PERSON>\n<ADDRESS>\n<ADDRESS>\n\nIhr Brief"),
    ],
)
def test_an_address_goes_from_fields_and_lines(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Im Handbuch Kapitel 7 steht mehr, im Kapitel 8 nichts",
        "March 12, 2026 Meeting about Release 7, 2026",
        "Am Montag 12 Uhr",
        "city: 4 of 12 cities; capacity: 40400",
    ],
)
def test_phrases_with_a_number_are_no_address(text: str) -> None:
    assert left_of(text) == text
