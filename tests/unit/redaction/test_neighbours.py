"""What fields side by side say of one another, in JSON, XML, tables, dumps and forms."""

# ruff: noqa: E501 - texts are read whole

import re

import pytest

from sevline.core.redaction import Redactor
from sevline.core.redaction.modes import Mode
from sevline.core.redaction.structure.neighbours import Beside, of_parent, told
from tests.unit.redaction.looking import KEY, REDACTOR

MASKS = re.compile(r"(?:<|&lt;)([A-Z-]+?)-[0-9a-f]{16}(?:>|&gt;)")


def _document(mode: Mode, text: str) -> str:
    redacted = REDACTOR.document(mode, text.encode()).data
    assert REDACTOR.document(mode, redacted).data == redacted
    return MASKS.sub(r"<\1>", redacted.decode())


@pytest.mark.parametrize(
    ("field", "beside", "expected"),
    [
        ("city", ("city", "street", "zip"), "address.city"),
        ("shippingCity", ("shippingCity", "shippingPostcode"), "address.city"),
        ("ort", ("empfaenger", "strasse", "plz", "ort"), "address.city"),
        ("localidad", ("calle", "localidad"), "address.city"),
        ("strasse", ("strasse", "hausnr", "ort"), "address.street"),
        ("city", ("city", "temperature"), "city"),
        ("name", ("sku", "name", "qty"), "thing"),
        ("name", ("name", "email", "currency"), "name"),
    ],
)
def test_a_field_is_told_by_those_beside_it(field: str, beside: tuple[str, ...], expected: str) -> None:
    assert told(field, Beside(beside)) == expected


def test_a_field_is_not_told_by_another_of_its_own_name() -> None:
    assert told("city", Beside(["city", "city"])) == "city"
    assert told("zip_city", Beside(["zip_city", "ort"])) == "zip_city"


_TOWNS = [f"t{number}_city" for number in range(4_000)]


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        (Mode.JSON, "{" + ",".join(f'"{town}":"Unna"' for town in _TOWNS) + ',"plz":"59425"}'),
        (Mode.XML, "<o>" + "".join(f"<{town}>Unna</{town}>" for town in _TOWNS) + "<plz>59425</plz></o>"),
        (Mode.CSV, ",".join([*_TOWNS, "plz"]) + "\n" + ",".join(["Unna"] * len(_TOWNS) + ["59425"]) + "\n"),
    ],
)
def test_thousands_of_fields_side_by_side_are_told_by_one_of_them(mode: Mode, text: str) -> None:
    assert "Unna" not in _document(mode, text)


@pytest.mark.parametrize(
    ("field", "parent", "expected"),
    [
        ("display_value", "caller_id", "caller"),
        ("name", "requester", "requester"),
        ("login", "user", "user"),
        ("display_value", "assignment_group", "display_value"),
        ("state", "caller", "state"),
    ],
)
def test_a_member_that_says_who_stands_for_its_object(field: str, parent: str, expected: str) -> None:
    assert of_parent(field, parent) == expected


def test_json_keeps_products_and_towns_of_nobody_and_masks_a_persons() -> None:
    text = (
        '{"caller_id":{"display_value":"Wren Halloway"},"to":{"street":"Am Wehr 4","city":"Unna","zip":"59425"},'
        '"lines":[{"sku":"BX-1","name":"Blue Harbour Lamp"}],"weather":{"city":"Unna","celsius":4}}'
    )

    assert _document(Mode.JSON, text) == (
        '{"caller_id":{"display_value":"<PERSON>"},"to":{"street":"<ADDRESS>","city":"<ADDRESS>","zip":"<ADDRESS>"},'
        '"lines":[{"sku":"BX-1","name":"Blue Harbour Lamp"}],"weather":{"city":"Unna","celsius":4}}'
    )


def test_xml_masks_a_town_beside_its_street_also_in_attributes() -> None:
    text = '<a><adr><street>Am Wehr 4</street><city>Unna</city></adr><geo><city>Unna</city></geo><b street="Am Wehr 4" city="Unna"/></a>'

    assert _document(Mode.XML, text) == (
        "<a><adr><street><ADDRESS></street><city><ADDRESS></city></adr><geo><city>Unna</city></geo>"
        '<b street="<ADDRESS>" city="<ADDRESS>"/></a>'
    )


def test_a_table_masks_street_and_town_of_a_delivery() -> None:
    text = "id;empfaenger;strasse;hausnr;plz;ort;kg\n7;Ortrun Kasulke;Am Wehr;4;59425;Unna;2,4\n"

    left = _document(Mode.CSV, text)

    assert left == "id;empfaenger;strasse;hausnr;plz;ort;kg\n7;<PERSON>;<ADDRESS>;4;<ADDRESS>;<ADDRESS>;2,4\n"


def test_rows_of_a_dump_are_masked_by_their_columns_and_keep_their_quotes() -> None:
    text = (
        "INSERT INTO people (id, first_name, last_name, birth_date, plan) VALUES\n"
        " (8, 'Ortrun', 'O''Hara', '1971-02-03', 'basic'), (9, 'Wren', NULL, NULL, 'pro');\n"
        "INSERT INTO plans (id, name, seats) VALUES (1, 'Starter', 5);"
    )

    assert MASKS.sub(r"<\1>", REDACTOR.text(text).text) == (
        "INSERT INTO people (id, first_name, last_name, birth_date, plan) VALUES\n"
        " (8, '<PERSON>', '<PERSON>', '<BIRTH-DATE>', 'basic'), (9, '<PERSON>', NULL, NULL, 'pro');\n"
        "INSERT INTO plans (id, name, seats) VALUES (1, 'Starter', 5);"
    )


def test_parts_and_inputs_of_a_form_are_masked_by_their_names() -> None:
    text = (
        '--x\r\nContent-Disposition: form-data; name="first_name"\r\n\r\nOrtrun\r\n--x\r\n'
        'Content-Disposition: form-data; name="plan"\r\n\r\nbusiness\r\n--x--\r\n'
        '<input type="text" name="lastname" value="von Ahe"><input type="hidden" name="step" value="three">'
    )

    left = MASKS.sub(r"<\1>", REDACTOR.text(text).text)

    assert left == text.replace("Ortrun", "<PERSON>").replace("von Ahe", "<PERSON>")


def test_a_name_under_a_letter_is_masked_elsewhere_although_stand_ins_ran_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevline.core.redaction.shield.ROOM", 3)
    lines = "\n".join(f"a{number}@x.example" for number in range(6))

    left = Redactor(KEY).text(f"Regards,\nOrtrun Kasulke\n{lines}\nthe case of Ortrun Kasulke is open").text

    assert "Kasulke" not in left
