"""Secrets in a text within a text, in a change of a file, under names of a country or a framework; and what a program only names."""

# ruff: noqa: E501 - forms are read whole

import pytest

from sevline.core.redaction import Mode, Redactor
from tests.unit.redaction.looking import kept, left_of, masked

PASSWORD = "copper-lantern-" + "Orbit27"
TAIL = "q7Rk2Zt9Lm4Xv8Bn1Cw6" * 6
REDACTOR = Redactor(bytes(range(32)))


@pytest.mark.parametrize(
    "text",
    [
        '{"msg": "createUser monitor SHA \\"{}\\" AES\\n"}',
        '{"msg": "userid=loader/{}\\n"}',
        '{"msg": "AUTH {}\\n+OK\\n"}',
        '{"msg": "a1 LOGIN loader {}\\n"}',
        '{"msg": "radius-server host 10.1.1.5 key {}\\n"}',
        '{"args": "-setcookie {}\\n"}',
        'x,"CREATE USER loader IDENTIFIED BY ""{}""",y',
        'level=info msg="using signupSecret \\"{}\\""',
        '{"msg": "saved:\\nbindpw {}\\nend"}',
        '{"msg": "saved:\\n  password {}\\nend"}',
        '{"msg": "ds.setPassword(\\"{}\\");"}',
        '{"msg": "define(\\"DB_PASSWORD\\", \\"{}\\");"}',
        '{"msg": "requirepass \\"{}\\""}',
        "> http-proxy-user-pass loader {}",
        "+user loader >{} ~*",
        "2026-11-20T20:22:53.352859968Z stderr F AUTH loader {}",
        "-masterauth {}",
        "-  password {}",
        "+userid=loader/{}",
    ],
)
def test_a_secret_is_found_in_a_text_within_a_text_and_in_a_change_of_a_file(text: str) -> None:
    redacted = REDACTOR.document(Mode.LOGS, text.replace("{}", PASSWORD).encode()).data.decode()

    assert PASSWORD not in redacted
    assert "SECRET-" in redacted
    assert REDACTOR.document(Mode.LOGS, redacted.encode()).data.decode() == redacted


@pytest.mark.parametrize("cell", ['"ab""{}"', '"ALTER USER x IDENTIFIED BY ""{}"""', '"""{}"""'])
def test_a_doubled_mark_ends_no_secret_in_a_cell(cell: str) -> None:
    table = f"id,api_password,active\n7,{cell.replace('{}', PASSWORD)},yes\n"

    redacted = REDACTOR.document(Mode.CSV, table.encode()).data.decode()

    assert PASSWORD not in redacted
    assert redacted.startswith("id,api_password,active\n7,")
    assert redacted.endswith(",yes\n")


@pytest.mark.parametrize(
    "text",
    [
        "param adminPassword string = '{}'",
        'credentials += Credentials("Nexus", "repo.acme.net", "loader", "{}")',
        'var c = new ApiCredentials("loader", "{}")',
        "open -u loader,{} ftp.acme.net",
        "hide mysql_servers = localhost/mail/loader/{}",
        '<stringProp name="Argument.name">password</stringProp>\n<stringProp name="Argument.value">{}</stringProp>',
        '"type": "random_password",\n"attributes": {\n"length": 24,\n"result": "{}"\n}',
    ],
)
def test_a_secret_is_found_where_a_program_or_a_tool_has_it(text: str) -> None:
    assert PASSWORD not in left_of(text.replace("{}", PASSWORD))


def test_an_argument_of_a_test_plan_that_is_no_secret_stays() -> None:
    text = (
        '<stringProp name="Argument.name">page</stringProp>\n<stringProp name="Argument.value">orders-27</stringProp>'
    )

    assert left_of(text) == text


def test_the_private_part_of_a_key_on_lines_of_its_own_goes() -> None:
    text = '{\n "kty": "EC",\n "x": "' + TAIL[:43] + '",\n "d": "' + TAIL[3:46] + '"\n}'

    redacted = left_of(text)

    assert TAIL[3:46] not in redacted
    assert TAIL[:43] in redacted


@pytest.mark.parametrize(
    "pair",
    [
        "laravel_session={}",
        '"MoodleSession": "{}"',
        "cf_clearance={}",
        '"_oauth2_proxy": "{}"',
        "wordpress_logged_in_5c01={}",
    ],
)
def test_a_session_is_known_by_the_name_of_its_cookie(pair: str) -> None:
    assert TAIL[:40] not in left_of(pair.replace("{}", TAIL[:40]))


def test_what_is_told_of_a_session_stays() -> None:
    kept("session_cookie", "laravel_session expired", "cf_clearance=none", "grafana_session: off")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("fernet_token", "gAAAA" + "AB" + TAIL[:100] + "=="),
        ("matrix_token", "sy" + "t_bG9hZGVy_" + "abcdefghijKLMNOPQRST_1a2B3c"),
        ("convex_key", "prod:happy-otter-" + "811|" + TAIL[:60]),
        ("encoded_private_key", "MIIEv" + "QIBADANBgkqhkiG9w0BAQEFAASC" + TAIL),
        ("encoded_private_key", "MIIKc" + "AIBAzCC" + TAIL),
        ("hook_address", "eth-mainnet.g.alchemy.com/v2/" + TAIL[:32]),
        ("hook_address", "mainnet.infura.io/v3/" + "0a1b2c3d" * 4),
    ],
)
def test_a_key_is_known_by_its_published_form(kind: str, value: str) -> None:
    masked(kind, value, "{}", "decoded {} twice")


def test_what_begins_like_such_a_key_stays() -> None:
    kept("fernet_token", "gAAAAAB", "gAAAAABshort")
    kept("convex_key", "prod:happy-otter-811", "prod: all-well-1")
    kept("encoded_private_key", "MIIDdzCCAl+gAwIBAgIE" + TAIL)
    kept("hook_address", "https://www.infura.io/v3/docs")


@pytest.mark.parametrize(
    "text",
    [
        "ЕГН: 9710073979",
        "ИНН 700553009075",
        "ИИН 910626319024",
        "iin=940707438766",
        "inn_fl=700632525410",
        "nif_pt=181237962",
        "oib_korisnika=55014660798",
        "national_id_tw=C126966944",
        "personal_code=39002191019",
        "Thai ID 2-4761-88832-85-6",
        "RČ: 791104/8805",
        "EMŠO 0106976504774",
        "aba_routing=046306234",
        "vergi_no: 1234567890",
        "Civil ID 287051234567",
        "adószám: 8071592153",
        "voter_id=ABC1234567",
        "ПАСПОРТ: 4510123456",
        "hk_id_card=H420925(9)",
        "https://api.acme.net/x?page=1&iin=940707438766",
    ],
)
def test_a_number_of_a_person_is_known_by_its_name_in_other_letters_and_with_a_country(text: str) -> None:
    number = text.replace("=", " ").split()[-1]

    assert number not in left_of(text)


@pytest.mark.parametrize("text", ["iin 5 rows", "inn=123", "nie_count=4", "sin_table=0.7071", "citizen_id=none", "ИНН не указан"])  # fmt: skip
def test_such_a_name_without_a_number_stays(text: str) -> None:
    assert left_of(text) == text


def test_an_address_in_an_access_log_is_masked_as_one() -> None:
    line = '10.1.1.9 - anna.ivanov3@mueller-bau.de [20/Nov/2026:06:53:28 +0100] "GET / HTTP/1.1" 401 381'

    assert "mueller" not in REDACTOR.text(line).text


@pytest.mark.parametrize("name", ["q-signature", "appid"])
def test_a_parameter_of_a_service_is_masked(name: str) -> None:
    assert "0a1b2c3d" not in left_of(f"https://x.acme.net/y?page=1&{name}={'0a1b2c3d' * 4}")


@pytest.mark.parametrize(
    "text",
    [
        "https://x.acme.net/y?appid=wx1234567890",
        'curl -u "$USER:$TOKEN" https://api.acme.net',
        "mysql -u root -p$MYSQL_PWD < dump.sql",
        'url = f"postgresql://{user}:{password}@{host}:{port}/{name}"',
        'url = "https://%s:%s@%s" % (user, password, host)',
        "password = random_password.db.result",
        'read -s -p "Password: " password',
        "def __init__(self, username: str | bytes, password: str | bytes) -> None:",
        'userpass = b":".join((to_bytes(username), to_bytes(password)))',
        "token = b64encode(userpass).decode()",
        "self._password = to_bytes(password)",
        "login = LoginView.as_view()",
        "rows.filter(user_id=user.pk)",
        "['access_key', 'secret_key', 'token', 'account_id'],",
        "passwd: unrecognized option --stdin",
        'secret "db-credentials" not found',
        '{"msg": "Authorization: Bearer <token>", "author": "0x4af8104fe5d11b39"}',
        "lsn: sha384-" + TAIL[:64],
        "- password policy-v2 was rolled out",
        '"password must-have was rotated"',
        "* user admin > settings",
        "fiscal year 2026, resident since 1998",
        "key=sha384-" + TAIL[:64],
    ],
)
def test_what_a_program_or_a_shell_only_names_stays(text: str) -> None:
    assert left_of(text) == text
