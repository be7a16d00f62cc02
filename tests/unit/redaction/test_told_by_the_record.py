"""Personal values that only what stands around them tells: other lines of a form, other columns, the segment."""

import json

import pytest

from sevline.core.redaction.modes import Mode
from tests.unit.redaction.looking import REDACTOR, left_of


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("Navn: Torvald Egede\nTlf.: 20 49 46 15\nSag: 12\n", "Egede"),
        ("Ad: 1\nCidade.......: Campinas\nEndereço.....: Rua Aurora, 14\nNascimento...: 09/09/1985\n", "Campinas"),
        ("Name: Uwe Xandl\nPLZ/Ort: 5020 Hallein\nTelefon: 0662 123456\n", "Hallein"),
        ("Name: Uwe Xandl\nBairro/CEP: Perdizes / 05018-012\nTelefon: 0662 123456\n", "05018-012"),
        ("Nombre: Uxue Zabala\nTeléfonos: 944 123 456  944 987 654\nCiudad: Bilbao\n", "944 987 654"),
        ("Konto: 5301-6999649\nNavn: Torvald Egede\nAdresse: Vejlevej 14\nTlf.: 20 49 46 15\n", "5301-6999649"),
        ("Name: Uwe Xandl   Town: Hallein   Phone: 0662 123456\nPlan: gold\nStreet: Aigner Straße 4\n", "Hallein"),
    ],
)
def test_one_line_of_a_form_tells_of_the_others(form: str, value: str) -> None:
    assert value not in left_of(form)


@pytest.mark.parametrize(
    "text",
    [
        "Name: Kolibri Gateway\nPort: 8080\nPhone: none\n",
        "Name: Harvest\nVersion: 4.1\nPrice: 12\nStreet: -\n",
        "Name: nightly\nCity: required\nAddress: 0x7ffd2a\n",
        "Title: Second Try\nOwner: platform\nMail: off\nState: open\n",
        "Account: active\nPhone: missing\nMail: missing\n",
        "Interface: eth0\nAddress: 10.0.0.5\nMail: on\nNumber: 12345678\nDisplay: Uplink\n",
        "account: 123456789012\nregion: eu-west-1\nemail: off\nname: prod\n",
        "Ort: Serverraum\nDatum: 2026-02-16\nTelefon: ausgefallen\n",
        "City: all\nAddress: 0x7fff12\nID: 4418820\nDOB: none\n",
        "Kunde: Nordlicht GmbH\nVertrag: 88120\n",
    ],
)
def test_lines_about_a_thing_tell_of_nobody(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("الاسم", "خليل المطيري"),
        ("العنوان", "شارع التحلية 44، جدة"),
        ("رقم الهوية", "1016314203"),
        ("שם", "יעל ברק-לוי"),
        ("כתובת", "רחוב הגפן 12, חיפה"),
        ("ת.ז.", "232996280"),
        ("नाम", "सुनीता भोसले"),
        ("मोबाइल", "98220 11848"),
        ("ชื่อ", "สมชาย ใจดี"),
        ("ที่อยู่", "99/41 ถนนพระราม"),
    ],
)
def test_labels_in_scripts_of_asia_are_known(label: str, value: str) -> None:
    assert value not in left_of(f"{label}: {value}\n")


@pytest.mark.parametrize("text", ["الحالة: مغلقة 12", "גרסה: 9.1.0", "संस्करण: 4.4.1", "สถานะ: เปิด 12", "优先级：中"])
def test_other_labels_in_them_tell_of_nobody(text: str) -> None:
    assert left_of(text) == text


def test_a_rule_whose_strokes_are_one_blank_apart_has_a_column_for_each() -> None:
    table = (
        "NO     SURNAME      GIVEN     BORN       ACCOUNT\n"
        "------ ------------ --------- ---------- --------\n"
        "004418 Xanthou      Despo     04/10/1967 14996211\n"
    )

    left = left_of(table)

    assert "Xanthou" not in left
    assert "Despo" not in left
    assert "14996211" not in left
    assert "004418" in left


def test_part_of_a_name_beside_the_family_name_is_a_persons() -> None:
    table = " id | surname | given | cell\n----+---------+-------+------\n  7 | Xulu    | Zodwa | 083 447 1902\n"

    left = left_of(table)

    assert "Zodwa" not in left
    assert " 7 |" in left


def test_a_column_whose_name_only_ends_as_that_of_a_family_name_holds_things() -> None:
    table = " relname      | rows\n--------------+------\n access_token |   12\n"

    assert left_of(table) == table


def test_a_printed_record_is_no_table_with_its_first_line_as_heads() -> None:
    record = "-[ RECORD 1 ]+-----\nfull_name    | Uxue Zabala\nrelation     | spouse\nsuburb       | Deusto\n"

    left = left_of(record)

    assert "relation     | spouse" in left
    assert "Deusto" not in left


@pytest.mark.parametrize("member", ["string", "S", "stringValue"])
def test_a_value_under_its_type_belongs_to_the_field_above(member: str) -> None:
    document = {"nachname": {member: "Xandl"}, "op": {member: "Update"}}

    line = left_of(f"offset 12 {json.dumps(document)}")
    whole = REDACTOR.document(Mode.JSON, json.dumps(document).encode()).data

    assert "Xandl" not in line
    assert b"Xandl" not in whole
    assert "Update" in line
    assert b"Update" in whole


def test_a_table_in_the_western_set_of_windows_is_read_as_it_was_written() -> None:
    table = "Nr;Name;Vorname;Strasse;PLZ\n1;Größwang;Jörg;Mühlweg 18;5500\n".encode("cp1252")

    redacted = REDACTOR.document(Mode.CSV, table).data

    assert "Größwang".encode("cp1252") not in redacted
    assert "Jörg".encode("cp1252") not in redacted
    assert redacted.startswith(b"Nr;Name;Vorname;Strasse;PLZ\n1;<PERSON-")


def test_text_in_that_set_without_anything_personal_stays_byte_for_byte() -> None:
    text = "Zwischensumme für Dämmplatte: 44,50 m² – 80 €\n".encode("cp1252")

    assert REDACTOR.document(Mode.TEXT, text).data == text


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('ewa.zuk : EAP "qT7kW9xQ2mZ7pL5s"', "ewa.zuk"),
        ('zukewa  Cleartext-Password := "Zupa.Rybna7"', "zukewa"),
    ],
)
def test_who_opens_a_line_of_accounts_is_told_by_the_secret_in_it(line: str, value: str) -> None:
    assert value not in left_of(line)


@pytest.mark.parametrize(
    "line",
    ['password : "none"', "gateway : EAP failed", "service * active", "users : 12", 'default  Auth-Type := "Accept"'],
)
def test_a_line_without_a_secret_names_no_account(line: str) -> None:
    assert left_of(line) == line


@pytest.mark.parametrize(
    ("segment", "value"),
    [
        ("NM1*IL*1*XANDER*ODETTE*Q***MI*7HR0PD3MA77~", "ODETTE"),
        ("PER*IC*ODETTE XANDER*TE*6152135713~", "6152135713"),
        ("N3*2207 SHADY GROVE PIKE~", "SHADY"),
        ("N4*MURFREESBORO*TN*371298814~", "371298814"),
        ("DMG*D8*19710318*F~", "19710318"),
        (":86:177?20SVWZ+Miete?31DE92127436596009847153?32Odette Xander", "Xander"),
        (":86:177?20SVWZ+Miete?31DE92127436596009847153?32Odette Xander", "DE92127436596009847153"),
    ],
)
def test_segments_of_messages_say_by_their_places_who_is_named(segment: str, value: str) -> None:
    assert value not in left_of(segment)


@pytest.mark.parametrize(
    "segment",
    [
        "NM1*41*2*RIVER CLINIC PC*****46*411882077~",
        "DTP*472*D8*20260203~",
        "SE*21*0001~",
        ":86:177?20SVWZ+Spende?32Tierheim e.V.",
        "GET /search?31=a&32=b",
    ],
)
def test_segments_about_no_person_stay(segment: str) -> None:
    assert left_of(segment) == segment


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("device 静怡的MacBook Air", "静怡"),
        ("서연의 Galaxy S23", "서연"),
        ('"deviceName":"Xolani\'s Redmi Note 12"', "Xolani"),
    ],
)
def test_a_device_is_called_after_its_owner_in_any_language(text: str, value: str) -> None:
    assert value not in left_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "user: 'abc'",
        "login: monitoring",
        "Project name: Blue Harvest",
        "reported by monitoring, closed by automation",
        "Herr der Lage ist niemand",
        "我的iPhone",
    ],
)
def test_what_only_looks_like_a_person_stays(text: str) -> None:
    assert left_of(text) == text


def test_town_state_and_postcode_behind_a_street_go_with_it() -> None:
    left = left_of("004419 7 Wattlebird Ct            MOUNT BARKER   SA  5251\n")

    assert "BARKER" not in left
    assert "5251" not in left


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Telegram: @uxue_zab   Ort: x", "uxue_zab"),
        ("微信号：uxuez_88", "uxuez_88"),
        ('<Data Name="WorkstationName">ZABALA-SURFACE</Data>', "ZABALA"),
        ('{"cp":"37000","ville":"Amboise"}', "Amboise"),
        ('{"ville":"Amboise","rue":"418 rue des Forges"}', "Amboise"),
        ("New-User -StreetAddress 'Rua do Almada 214' -PostalCode '4050-032' -City 'Braga'", "4050-032"),
        ("su esposo, cel. 33 2190 4471.", "2190"),
        ("Person(born=datetime.date(1990, 4, 18))", "1990"),
        ("user: { gps: [ -17.829220, 31.053961 ] }", "31.053961"),
        ("pop3d[8170]: < USER uxue.z", "uxue.z"),
        ("## Last commit: 2026-01-30 08:12:44 CST by uzabala", "uzabala"),
        ("Prepared by Uxue Zabala", "Zabala"),
        ('citizen_id: "3-8814-16443-89-1"', "8814"),
        (":25:76090500/0865633516", "0865633516"),
        ("  DNI\n  56472154\n", "56472154"),
        ("billing.street=Rua Aurora, 14\nbilling.phone=0662 123456\nbilling.city=Braga\n", "Braga"),
        ("street: Aurora 14\nl: Braga\ntelephoneNumber: 0662 123456\n", "Braga"),
        ("               phone: 0662 123456\n            street: Rua Aurora, 14\n              city: Braga\n", "Braga"),
        ('full-name "Uxue Zabala";', "Zabala"),
        ("    user uzabala {", "uzabala"),
    ],
)
def test_where_a_value_stands_tells_whose_it_is(text: str, value: str) -> None:
    assert value not in left_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "telegram: connected",
        "discord: v14.2.1",
        "matrix: 4x4_identity",
        "telegram: @deploy_bot",
        "cp: 12345 blocks",
        'use the zip "4050" now',
        "Last update by cron",
        "Prepared by the build",
        "created = datetime.date(2026, 4, 18)",
        "< USER root",
        ":28C:00021/001",
        "NAME=Kolibri\nCITY=required\nPHONE=none\n",
        "region.city=all\nqueue.phone=on\nl=12\n",
        'display-name "Kolibri Gateway";',
        "user root {",
        "  Status\n  56472154\n",
    ],
)
def test_what_stands_in_such_places_and_is_nobodys_stays(text: str) -> None:
    assert left_of(text) == text
