"""Secrets whose place tells them: a list, a pair, a mapping, an element, an option, a statement, an answer."""

import json
from collections.abc import Mapping

import pytest

from sevline.core.redaction.modes import Mode
from tests.unit.redaction.looking import REDACTOR, left_of

#: Letters and digits as chance throws them.
MADE = "qT7kW9xQ2mZ7pL5sNd4V"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"header": "X-Auth-Token", "text": "%s"}', MADE),
        ("  - {name: API_TOKEN, value: %s}", MADE),
        ("env:\n  - value: %s\n    name: SMTP_PASSWORD\n", "Kurkuma.Gelb"),
        ("credentials:\n  anna: %s\n  type: local\n", "Oregano.Pfeil"),
        ("[admins]\nroot = %s\n", "Xylophon.Eins"),
        ("kind: Secret\nstringData:\n  pin: ab.Cdef9\ndata:\n  a: %s\n", "UGltcGluZWxsZS44"),
        ("<th>Password</th><td>%s</td>", "Arnika.Blau"),
        ("<name>app.password</name><value>%s</value>", "Endivie.Salat"),
        ("<b>Token:</b> %s<br>", MADE),
    ],
)
def test_the_other_half_of_a_pair_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    ("document", "value"),
    [
        ({"ParameterKey": "DBPassword", "ParameterValue": "Kerbel.Blatt"}, "Kerbel.Blatt"),
        ({"content": "Kresse.Gruen", "id": "password"}, "Kresse.Gruen"),
        ({"label": "VPN password", "value": "Wiesel.Bau"}, "Wiesel.Bau"),
        ({"secrets": {"stripe": MADE, "backend": "vault"}}, MADE),
        ({"passwords": {"db": "Zimt.Stern"}}, "Zimt.Stern"),
        ({"rawHeaders": ["Host", "www.example.org", "X-Api-Key", "abc-defg"]}, "abc-defg"),
        ({"rows": [["password", "Fenchel.Tee"]]}, "Fenchel.Tee"),
        ({"args": ["--port", "80", "--token", MADE]}, MADE),
        ({"backupCodes": ["a1b2-c3d4"]}, "a1b2-c3d4"),
        ({"keys": ["0cf389fa1652a28f76137453d77b4ab7fb6cf04b246e010a557f532a787ff74f"]}, "0cf389fa"),
        ({"attributes": [{"key": "http.request.header.x-api-key", "value": {"stringValue": MADE}}]}, MADE),
    ],
)
def test_in_a_document_what_is_called_secret_is_masked(document: Mapping[str, object], value: str) -> None:
    redacted = REDACTOR.document(Mode.JSON, json.dumps(document).encode()).data

    assert value.encode() not in redacted
    assert REDACTOR.document(Mode.JSON, redacted).data == redacted


@pytest.mark.parametrize(
    "document",
    [
        {"required": ["password", "user_id"], "rows": [["token", "used_at"]]},
        {"title": "Reset password", "content": "Choose a new password with 12 characters."},
        {"tokens": {"prompt": "812", "model": "gpt-4o-mini"}, "credentials": {"type": "oauth2", "provider": "vault-1"}},
        {"secrets": {"db": "op://vault/item", "path": "prod/db", "host": "db1.example.org", "api": "${API}"}},
        {"keys": ["id", "created_at"], "rawHeaders": ["Accept", "*/*", "X-Api-Key"]},
    ],
)
def test_what_tells_of_a_secret_in_a_document_stays(document: Mapping[str, object]) -> None:
    data = json.dumps(document).encode()

    assert REDACTOR.document(Mode.JSON, data).data == data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hdbsql -n hana:30015 -u SYSTEM -p %s 'select 1'", "Amsel.Lied"),
        ("winrs -r:srv -u:admin -p:%s ipconfig", "Moor.Huhn"),
        ("aws ssm put-parameter --name /prod/x --type SecureString --value %s", "Stein.Adler"),
        ("printf '%s' | docker secret create db -", "Schnee.Eule"),
        ("vault kv put secret/app api=%s", "kvWert99x"),
        ("etcdctl --user root:%s get /", "Kranich.Zug"),
        ("restic -r s3:x -p <(echo %s) backup /", "Ganza.Korn5"),
        ("cargo login %s", MADE),
        ("EXEC sp_addlogin 'anna', '%s', 'db';", "Segel.Tuch"),
        ("ALTER CURRENT USER SET PASSWORD FROM 'Alt.Pinne' TO '%s';", "Neu.Pinne"),
        ("SELECT EncryptByPassPhrase('%s', name) FROM p;", "Block.Rolle"),
        ("HELLO 3 AUTH app %s", "Log.Buch7"),
        ('conn = psycopg2.connect("db", "app", "%s")', "Hafen.Bar"),
        ("  option key '%s'", "Schlagzeug1"),
        (" key %s", "Klarinette5"),
        ("snmp-agent community read cipher %s", "Melodica.3"),
        ("rename-command CONFIG %s", "25SFWyIXqlY6s938"),
        ("<auth-user-pass>\nmarkus\n%s\n</auth-user-pass>", "Nebel.Horn"),
        ("API_KEY=$(cat <<EOF\n%s\nEOF\n)", MADE),
    ],
)
def test_what_a_command_a_statement_or_a_device_takes_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PASSWORD_PROD: %s", "Moderl.Fisch"),
        ('"apiKeyProd": "%s"', MADE),
        ("db password (replica) = %s", "Nase.Fluss"),
        ("pswd=%s", "kurz.Form1"),
        ("routing_key: %s", "f3b0c9d21a4e4c7b9d8e2f6a5b4c3d2e"),
        ("{ak: 4OZ089IPO2K068YW4KUJ, sk: %s}", MADE),
        ("recovery %s", "917681-310673-181807-452271-268292-921020-641202-678546"),
        ("CLIENT_RANDOM " + "ab" * 32 + " %s", "53ec2595442cd19a6ccc700b5d832c54" * 3),
        ("Setting property 'mail.password' to '%s'", "Fuchs.Bau"),
    ],
)
def test_a_name_that_goes_on_or_is_abridged_says_secret_too(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the root password for db3 is %s", "Kirsch.Baum"),
        ("Passwort für den VPN-Zugang: %s", "Brom.Beere"),
        ("I typed %s as the password", "Thuja.Hecke"),
        ("password changed from %s to Neu.Beere2", "Alt.Beere1"),
        ("Database credentials (prod): app / %s", "Efeu.Ranke"),
        ("API key → %s", MADE),
        ("[9:13] bo: what's the password?\n[9:14] al: %s\n", "Stachel.Beere5"),
        ("al 9:13\nwhats the pw\nbo 9:14\n%s\n", "Bora.Wind22"),
        ("Passwort\n%s\n", "Blumen.Kohl7"),
        ("the OTP I got was %s", "559102"),
    ],
)
def test_what_somebody_says_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    "text",
    [
        "mysql -u root -p shop < dump.sql",
        "sudo -u app mkdir -p data/logs",
        "docker run -u 1000 -p 8080:80 app:1.2.3",
        "authentication mode simple network",
        "password encryption type 7",
        "secrets:\n  db_password:\n    file: ./db.txt\n  api: ${API}",
        "credentials:\n  helper: osxkeychain\n  ttl: 30m\n  expires: 2026-01-01",
        "cache_key=4f9e15b74669d1350c0ff0ee481179f3b94f2c2f",
        "partition_key: 4f9e15b74669d1350c0ff0ee481179f3",
        "password_min = 12",
        "api_key_header: X-Api-Key",
        "secret (optional) = generated",
        "<th>Token</th><th>Created</th>",
        "<td>password</td><td>The password of user</td>",
        "<b>Secret</b> <i>v2.3.1</i>",
        "My password, which I reset last week, no longer works.",
        "Password is required.Username is required.",
        "use System.String for the password",
        "account: checking / savings",
        "The temporary password (valid 24h) was sent.",
        "did you reset the token?\nABC-1234",
        "forgot your password?\nhttps://example.org/reset2",
        "createHmac('sha256', secret)",
        'Token("IDENT")',
        "risk: low, task: 4f9e15b74669d135, disk: sda1",
    ],
)
def test_what_stands_at_such_a_place_and_is_no_secret_stays(text: str) -> None:
    assert left_of(text) == text
