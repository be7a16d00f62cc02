"""Personal data by where it stands: labels in many languages, tables, nested fields, pages, log lines."""

# ruff: noqa: E501 - lines are read whole

import pytest

from sevline.core.redaction import Mode
from tests.unit.redaction.looking import MASKS, REDACTOR, left_of


def _document(mode: Mode, text: str) -> str:
    redacted = REDACTOR.document(mode, text.encode()).data.decode()
    assert REDACTOR.document(mode, redacted.encode()).data.decode() == redacted
    return MASKS.sub(lambda found: f"<{found[1] or found[2]}>", redacted.replace("&lt;", "<").replace("&gt;", ">"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Kontaktperson          : Ole Brumm\nTelefon                : 22 41 90 38",
            "Kontaktperson          : <PERSON>\nTelefon                : <PHONE>",
        ),
        ("Sukunimi: Koivuniemi\nSyntymäaika: 3.5.1969", "Sukunimi: <PERSON>\nSyntymäaika: <BIRTH-DATE>"),
        ("Фамилия: Кузнецова\nДата рождения: 12.03.1984", "Фамилия: <PERSON>\nДата рождения: <BIRTH-DATE>"),
        ("Příjmení ........ Novák", "Příjmení ........ <PERSON>"),
        ("passenger.given=Wilhelmina", "passenger.given=<PERSON>"),
        ("insured/plate: WÜ-HT 471", "insured/plate: <IDENTITY>"),
        ("Nome da mãe: Lourdes Prado. Nascimento: 27/09/1969.", "Nome da mãe: <PERSON>. Nascimento: <BIRTH-DATE>."),
        (
            "Passenger name\nTHORVALDSEN SIGRUN\nMobile number\n0171 447 19 02",
            "Passenger name\n<PERSON>\nMobile number\n<PHONE>",
        ),
        ("Nom de naissance\nLebreton", "Nom de naissance\n<PERSON>"),
    ],
)
def test_a_label_in_any_language_and_form_tells_its_value(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Login        Full name       Seen\n-----        ---------       ----\nbrosseau     Odile Brosseau  2026-03-01",
            "Login        Full name       Seen\n-----        ---------       ----\n<PERSON>     <PERSON>  2026-03-01",
        ),
        (
            "CUSTOMER            PHONE           PLAN\nPriscilla Achebe    0803 447 1902   gold",
            "CUSTOMER            PHONE           PLAN\n<PERSON>    <PHONE>   gold",
        ),
        (
            "surname,firstname,phone\nAbernathy,Lucretia,020 7946 0958",
            "surname,firstname,phone\n<PERSON>,<PERSON>,<PHONE>",
        ),
        (
            "passenger:\n  given: Wilhelmina\nbilling:\n  line1: Keizersgracht 12\n  city: Amsterdam",
            "passenger:\n  given: <PERSON>\nbilling:\n  line1: <ADDRESS>\n  city: <ADDRESS>",
        ),
        ('"contact":{"first":"Sunniva","last":"Aas-Hauge"}', '"contact":{"first":"<PERSON>","last":"<PERSON>"}'),
        ('{"Name": "given_name", "Value": "Pernille"}', '{"Name": "given_name", "Value": "<PERSON>"}'),
    ],
)
def test_what_a_value_belongs_to_may_stand_far_from_it(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<dl><dt>Surname</dt><dd>Montgomerie</dd></dl>", "<dl><dt>Surname</dt><dd><PERSON></dd></dl>"),
        ("<label>Postcode</label> <span>G12 8QQ</span>", "<label>Postcode</label> <span><ADDRESS></span>"),
        ("<table><tr><th>Guest</th><th>Room</th></tr><tr><td>Thaïs Abrantes</td><td>14</td></tr></table>", "<table><tr><th>Guest</th><th>Room</th></tr><tr><td><PERSON></td><td>14</td></tr></table>"),
        ('<input name="fname" value="Gudrun"><input name="zip" value="105"><input name="city" value="Reykjavik">', '<input name="fname" value="<PERSON>"><input name="zip" value="<ADDRESS>"><input name="city" value="<ADDRESS>">'),
    ],
)  # fmt: skip
def test_labels_of_a_page_tell_what_stands_beside_them(text: str, left: str) -> None:
    assert _document(Mode.TEXT, text) == left


@pytest.mark.parametrize(
    ("mode", "text", "left"),
    [
        (
            Mode.JSON,
            '{"traveller":{"given":"Ingvild","family":"Storhaug","seat":"3A"}}',
            '{"traveller":{"given":"<PERSON>","family":"<PERSON>","seat":"3A"}}',
        ),
        (
            Mode.JSON,
            '{"billTo":{"line1":"44 Quarry Mews","city":"Ludlow"}}',
            '{"billTo":{"line1":"<ADDRESS>","city":"<ADDRESS>"}}',
        ),
        (
            Mode.XML,
            "<p><driver><first>Tamsin</first><last>Polglaze</last></driver></p>",
            "<p><driver><first><PERSON></first><last><PERSON></last></driver></p>",
        ),
        (
            Mode.CSV,
            "imię,nazwisko,telefon\nJarosław,Kędzierski,602 118 774\n",
            "imię,nazwisko,telefon\n<PERSON>,<PERSON>,<PHONE>\n",
        ),
    ],
)
def test_parents_and_columns_of_a_document_tell_its_values(mode: Mode, text: str, left: str) -> None:
    assert _document(mode, text) == left


@pytest.mark.parametrize(
    "line",
    [
        "sshd[1]: Disconnected from user {} ",
        "sshd[1]: Failed keyboard-interactive/pam for {} from ",
        "TLS: authentication succeeded for username '{}'",
        "openvpn[1]: [{}] Peer Connection Initiated",
        "radiusd[1]: Login OK: [{}/<via Auth-Type = mschap>] (from client ap3)",
        "%ASA-6-113039: Group <STAFF> User <{}> IP",
        "charon: 12[IKE] EAP identity '{}' accepted",
    ],
)
def test_logins_are_known_where_servers_write_them(line: str) -> None:
    ending = "88.198.44.12 port 22" if line.endswith(" ") else ""

    assert "hvandermeer" not in REDACTOR.text(line.format("hvandermeer") + ending).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Halter: Friedhelm Oertel (*14.02.1961)", "Halter: <PERSON> (*<BIRTH-DATE>)"),
        ("Tel. kom. 602 118 774; número (11) 98447-1902", "Tel. kom. <PHONE>; número <PHONE>"),
        ("call +1-617-555-0109;ext=402", "call <PHONE>;ext=<PHONE>"),
        ("MAC: 0025:90fe:22d1", "MAC: mac-"),
        ("Vive en Calle Mayor 33, 2º izq., 20301 Irún. Adiós", "Vive en <ADDRESS>. Adiós"),
    ],
)
def test_what_stands_beside_a_value_tells_it(text: str, left: str) -> None:
    assert left_of(text).startswith(left)


@pytest.mark.parametrize(
    "address", ["иван.петров@почта.рф", "用户@例子.公司", "käthe@bäckerei-möhring.de", "jörg@example.org"]
)
def test_an_address_in_letters_of_any_script_is_masked(address: str) -> None:
    assert REDACTOR.text(f"mail to {address}, please").text.endswith(".redacted.example, please")


@pytest.mark.parametrize(
    "page", ["<table></table>", "<TABLE border=0>a<b></TABLE>", "<table><tr></table>", "<table><th>Name</th>x"]
)
def test_a_table_of_a_page_without_rows_or_cells_stays(page: str) -> None:
    assert REDACTOR.text(page).text == page


@pytest.mark.parametrize(
    "text",
    [
        "Server name          : db-eu-2\nService name ........ billing",
        "NAME            READY   STATUS    AGE\nweb-6d4cf56db6  1/1     Running   5d",
        "USER       PID %CPU COMMAND\nroot         1  0.0 init\nwww-data    22  0.1 nginx",
        "id,name,version,released\n1,Mercury,4.18.2,2026-01-12",
        "service:\n  name: Gateway\n  type: LoadBalancer\nports:\n  first: 80\n  last: 443",
        "Plan name\nGold\nFile\nMain Menu",
        "Address: 0x7f3a9c1e22b0\nEmail address: missing\nAddress family: inet",
        "Phone model: Pixel 8\nMobile app version: 4.18.2\nDriver: nvidia 535.104.05",
        "nombre=Nombre\nprénom=Prénom\nvorname=Vorname",
        "krbtgt/UNI-LOHR.DE@UNI-LOHR.DE and HTTP/wiki.uni-lohr.de@UNI-LOHR.DE",
        "name;iban\nFonderie du Rhône SA;blocked\nZakład Mięsny Kresy;blocked",
        "Release Mercury (12.03.2026), see (01.02.2026)",
        "Login incorrect\nGroup <VPN> created\nUser <unknown> ignored",
    ],
)
def test_forms_that_hold_nothing_of_a_person_stay(text: str) -> None:
    assert left_of(text) == text
