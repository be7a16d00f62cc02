"""Values in forms that files, tickets and servers usually have: marks that are doubled or escaped, arrows, lists."""

# ruff: noqa: E501 - a line is what a program wrote

import pytest

from sevline.core.redaction import Mode
from tests.unit.redaction.looking import REDACTOR, left_of

_BASE64 = "qfGkXr81LmZ0c2VydmVyVG9rZW4x" * 3


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("""a,"user=""rep"" password=""DkYPGVGOdeZF"";",b""", """a,"user=""rep"" password=""<SECRET>"";",b"""),
        ("VALUES ('CREATE USER x IDENTIFIED BY ''lh4fRqoItZdM'';')", "VALUES ('CREATE USER x IDENTIFIED BY ''<SECRET>'';')"),
        ("VALUES ('CREATE LOGIN x WITH PASSWORD = N''tMhaEMeRr72X''')", "VALUES ('CREATE LOGIN x WITH PASSWORD = N''<SECRET>''')"),
        (r"token = \"\"\"orbit-meadow-amber31\"\"\" x", r"token = \"\"\"<SECRET>\"\"\" x"),
        (r"- name: db_password\n  value: Harbor99\n", r"- name: db_password\n  value: <SECRET>\n"),
        (r"variable \"db_password\" {\n  default = \"e3247fb202cc36\"\n}", r"variable \"db_password\" {\n  default = \"<SECRET>\"\n}"),
        ('output "admin_password" {\n  value = "Willow-Lantern4"\n}', 'output "admin_password" {\n  value = "<SECRET>"\n}'),
        ('let refresh_token = String::from("River2023!x");', 'let refresh_token = String::from("<SECRET>");'),
        ('db_password: !vault-plain "BF5pNe6n4nDH"', 'db_password: !vault-plain "<SECRET>"'),
        ('webhook_secret -> "sWNL7jQkCFfQfCTB"', 'webhook_secret -> "<SECRET>"'),
        ("npm config set _auth Cobalt2023", "npm config set _auth <SECRET>"),
        ("UPDATE s SET value='Velvet2025' WHERE name='passphrase'", "UPDATE s SET value='<SECRET>' WHERE name='passphrase'"),
        ("the new password is 'Granite1987*', please change it", "the new password is '<SECRET>', please change it"),
        ("482913 is your login code", "<SECRET> is your login code"),
        ('password_digest="Pqz/zh2pEpQaauUTIr2AzWeyZ8z="', 'password_digest="<SECRET>"'),
    ],
)  # fmt: skip
def test_a_secret_goes_and_what_stands_around_it_stays(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        """password="" user="x" password='' AND name=''""",
        "password = $DB_PASSWORD; password=%2A%2A%2A&x=1",
        '{"message": "reset the password for the user", "trace_id": "e5302d7a8d5045100da9b5564cecd3fc"}',
        "grant_type=client_credentials tracking=1Z6C5SZAIVYL7J1KWQ",
        "pin: unlocked",
        "GET /a?auth=enabled&x=1",
        "the password is 'required'",
        "build 482913 is your best choice",
        "2024 is the year of code",
        "User -> Server: Login",
        '<a password=""/><b password=""/>',
        "token = resolveToken(request); secret = property(_get_secret, _set)",
        "authorization=denied; use basic authentication. token_type=Bearer HTTP/1.1",
        "please negotiate terms again",
    ],
)
def test_what_tells_of_a_secret_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"WWW-Authenticate: Negotiate {_BASE64}", "WWW-Authenticate: Negotiate <AUTHORIZATION>"),
        ("Proxy-Authenticate: NTLM TlRMTVNTUAACAAAADAAMADgAAAA1goriluCD", "Proxy-Authenticate: NTLM <AUTHORIZATION>"),
        (
            'Authorization: hmac username="bob1", algorithm="hmac-sha256", signature="arNE0uUWOT13S4PHcl3N5q="',
            'Authorization: hmac username="<AUTHORIZATION>", algorithm="hmac-sha256", signature="<AUTHORIZATION>"',
        ),
    ],
)
def test_what_a_header_of_a_scheme_proves_with_goes(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("nrn=78031780751&x=1", "nrn=<IDENTITY>&x=1"),
        ("numéro national: 92051122851", "numéro national: <IDENTITY>"),
        ("r.č. 6552136492", "r.č. <IDENTITY>"),
        ("R.U.T.=8769519-0", "R.U.T.=<IDENTITY>"),
        ("cod numeric personal=2821203286698", "cod numeric personal=<IDENTITY>"),
        ("/a?individual_number=6954%205607%207275#top", "/a?individual_number=<IDENTITY>#top"),
        ("burgerservicenummer 2008.65.067", "burgerservicenummer <IDENTITY>"),
        ('egn -> "5603153220"', 'egn -> "<IDENTITY>"'),
        ("sa_id=9503061216085", "sa_id=<ZA-ID>"),
        ('phone -> "01/6393953"', 'phone -> "<PHONE>"'),
        ('customerName -> "Petra Novotná"', 'customerName -> "<PERSON>"'),
        ("GET /a?full_name=Mthembu%2C%20Thandiwe&page=2", "GET /a?full_name=<PERSON>&page=2"),
        ("ean=4006381333931 card=4222222222222", "ean=4006381333931 card=9029402561355"),
        ("passport 2008-05-06", "passport 2008-05-06"),
    ],
)
def test_a_number_or_a_name_goes_beside_what_says_whose_it_is(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("x APP_USR-5668639135511438-088839-0fb0953d3d27cde1eb285903b6f905a3-39977578 y", "x <MERCADOPAGO-TOKEN> y"),
        ("x snyk_uat.9d200241.k39ATbKCKWa0AZb_GUYS2CY7Hw332hCzhx6QmDYcTC5a y", "x <SNYK-TOKEN> y"),
        ("x AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl76ZC9Ub0wnz y", "x <TWITTER-TOKEN> y"),
        ("x y0_AgAAAAAVbTQ3AAb8DwAAAADjK0fXwZq1sQeYQ4qJzT2mYbB6nG5hK9p y", "x <YANDEX-KEY> y"),
        ('"BUNDLE_GEMS__CONTRIBSYS__COM": "50014536:a177038f"', '"BUNDLE_GEMS__CONTRIBSYS__COM": "<SECRET>"'),
        ("https://50014536:a177038f@gems.contribsys.com/", "https://<USER>:<SECRET>@gems.contribsys.com/"),
        ("iVBORw0KGgoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "iVBORw0KGgoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("APP_USR-12 snyk_uat.short y0_key", "APP_USR-12 snyk_uat.short y0_key"),
    ],
)  # fmt: skip
def test_a_token_of_a_vendor_goes_by_its_form(text: str, left: str) -> None:
    assert left_of(text) == left


def test_a_private_key_of_ssh2_goes_and_its_armour_stays() -> None:
    armour = "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n{}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----"
    assert left_of(armour.format(f'Comment: "x"\n{_BASE64}')) == armour.format("<PRIVATE-KEY>\n")


def test_a_key_of_putty_goes_where_the_ends_of_its_lines_are_escaped() -> None:
    left = left_of(rf"Private-Lines: 2\n{_BASE64[:64]}\n{_BASE64[:40]}\nPrivate-MAC: 1")
    assert left == r"Private-Lines: 2\n<PRIVATE-KEY>\n<PRIVATE-KEY>\nPrivate-MAC: 1"


def test_a_text_in_a_list_is_looked_at_under_the_name_of_the_list() -> None:
    left = REDACTOR.document(Mode.JSON, b'{"family_name": ["Fitzgerald"], "tags": ["blue", "Fitzroy"]}').data.decode()
    assert "Fitzgerald" not in left
    assert left.endswith('"tags": ["blue", "Fitzroy"]}')


@pytest.mark.parametrize("value", ['"***"', '"<redacted>"', '"false"', '"null"'])
def test_a_mask_or_no_value_stays_in_json(value: str) -> None:
    document = f'{{"password": {value}, "authorization": "denied"}}'.encode()
    assert REDACTOR.document(Mode.JSON, document).data == document


def test_a_cell_with_doubled_marks_is_read_as_its_text_and_written_as_it_was() -> None:
    table = b'id,body\n1,"{""kind"":""Secret"",""data"":{""passwd"":""bFRBWCpySlhk""}}"\n2,"say ""hi"" now"\n'
    left = REDACTOR.document(Mode.CSV, table).data.decode()
    assert "bFRBWCpySlhk" not in left
    assert left.startswith('id,body\n1,"{""kind"":""Secret"",""data"":{""passwd"":""<SECRET-')
    assert left.endswith('2,"say ""hi"" now"\n')


def test_a_guessed_name_of_a_column_counts_where_chance_made_the_value() -> None:
    row = "INSERT INTO `c` (`id`, `dd_application_key`) VALUES (7, '{}');"
    assert left_of(row.format("b972478f726d4da7e182ae9a8bf64c0383a5fbc5")) == row.format("<SECRET>")
    assert left_of(row.format("orders-by-day")) == row.format("orders-by-day")
